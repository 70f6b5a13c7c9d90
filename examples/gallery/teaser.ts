import { drawTeaser } from "../../widget/frame/teaser.ts";
import { teaserStates } from "./widget-states.ts";

// The card beside the launcher: teaser.html?state=<number>.

const state = teaserStates[Number(new URLSearchParams(location.search).get("state"))];
if (state) {
  const { teaser, direction = "ltr" } = state;
  document.documentElement.dir = direction;
  const nothing = () => undefined;
  drawTeaser(teaser, { press: nothing, dismiss: nothing });
}
