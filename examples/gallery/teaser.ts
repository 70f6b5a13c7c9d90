import css from "../../widget/frame/frame.css";
import { wearStyles } from "../../widget/frame/styles.ts";
import { teaserStates } from "./widget-states.ts";

// The card beside the launcher, which is plain HTML in the frame: teaser.html?state=<number>.

const state = teaserStates[Number(new URLSearchParams(location.search).get("state"))];
const [image] = document.querySelectorAll("img");
const [name, title, words] = document.querySelectorAll("b, small, p");
wearStyles(css);
if (state && image && name && title && words) {
  const { teaser, direction = "ltr" } = state;
  document.documentElement.dir = direction;
  image.hidden = !teaser.face;
  if (teaser.face) image.src = teaser.face;
  name.textContent = teaser.name;
  title.textContent = teaser.title;
  words.textContent = teaser.text;
}
