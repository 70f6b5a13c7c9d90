import { presenceText as text } from "../text.ts";
import type { Teaser } from "./host.ts";
import { wearStyles } from "./styles.ts";
import css from "./teaser.css";

// The card beside the launcher. A module of its own, fetched when there is something to say: most visits never see it.

type OnTeaser = { press(): void; dismiss(): void };

/** What the frame's own script knows of this module. */
export type TeaserModule = { drawTeaser: typeof drawTeaser };

/** Draws the card, or gives the one that stands other words. */
export function drawTeaser(teaser: Teaser, on: OnTeaser): HTMLElement {
  const card = document.querySelector<HTMLElement>("#teaser") ?? buildCard(on);
  const [image, name, title, words] = card.querySelectorAll("img, b, small, p") as unknown as [
    HTMLImageElement,
    HTMLElement,
    HTMLElement,
    HTMLElement,
  ];
  image.hidden = !teaser.face;
  if (teaser.face) image.src = teaser.face;
  name.textContent = teaser.name;
  title.textContent = teaser.title;
  words.textContent = teaser.text;
  return card;
}

function buildCard(on: OnTeaser): HTMLElement {
  wearStyles(css);
  const card = make("div", document.body);
  card.id = "teaser";
  const press = make("button", card);
  make("img", press).alt = "";
  const words = make("span", press);
  make("b", words);
  make("small", words);
  make("p", words);
  const dismiss = make("button", card);
  dismiss.textContent = "×";
  dismiss.ariaLabel = text.dismiss;
  press.type = dismiss.type = "button";
  press.onclick = on.press;
  dismiss.onclick = on.dismiss;
  return card;
}

function make<K extends keyof HTMLElementTagNameMap>(tag: K, parent: HTMLElement): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  parent.append(element);
  return element;
}
