import { arjunPortrait } from "./arjun.ts";
import { desmondPortrait } from "./desmond.ts";
import { imogenPortrait } from "./imogen.ts";
import { meiLinPortrait } from "./mei-lin.ts";
import { zoePortrait } from "./zoe.ts";

/** The demo team's faces as SVG, by short name. */
export const portraits = {
  imogen: imogenPortrait,
  desmond: desmondPortrait,
  zoe: zoePortrait,
  arjun: arjunPortrait,
  "mei-lin": meiLinPortrait,
} as const;

export type PortraitName = keyof typeof portraits;
