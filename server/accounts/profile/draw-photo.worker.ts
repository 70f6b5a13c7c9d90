import { parentPort, workerData } from "node:worker_threads";
import { drawSizes } from "../photo-sizes.ts";
import { drawLogo } from "./draw-logo.ts";
import type { Drawn, ToDraw } from "./photo-studio.ts";
import { kindOf } from "./picture.ts";
import { readJpeg } from "./read-jpeg.ts";
import { readPng } from "./read-png.ts";

// One picture, then the thread ends, and with it whatever a strange file left behind.

async function draw({ bytes, wanted }: ToDraw): Promise<Drawn> {
  const file = Buffer.from(bytes);
  const kind = kindOf(file);
  if (kind === null) return { problem: "not_a_photo" };
  const picture = kind === "jpeg" ? readJpeg(file) : readPng(file);
  if ("problem" in picture) return picture;
  const { default: sharp } = await import("sharp");
  // One core, and nothing kept for later.
  sharp.concurrency(1);
  sharp.cache(false);
  const sizes =
    wanted.kind === "logo" ? await drawLogo(picture.bytes) : await drawSizes(picture.bytes, wanted.crop);
  return sizes === null ? { problem: "broken" } : { sizes };
}

parentPort?.postMessage(await draw(workerData as ToDraw)); // As photo-studio.ts sends it.
