import { inkOn, onColor } from "../../shared/ui/brand.ts";

/** Adds a constructed style sheet once. */
export function wearStyles(css: string) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

/** Puts on the site's colour, with text colours that can be read on and beside it, by day and by night. */
export function wearColor(color: string) {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const wear = () => {
    const { style } = document.documentElement;
    style.setProperty("--fy-brand", color);
    style.setProperty("--fy-on-brand", onColor(color));
    style.setProperty("--fy-brand-ink", inkOn(color, dark.matches ? "#262a35" : "#f5f6f8"));
  };
  wear();
  dark.addEventListener("change", wear);
}
