import sharp from "sharp";
import { expect, it } from "vitest";
import { drawSizes } from "./photo-sizes.ts";

/** Colours without any order, which no codec can make small. */
async function noise(side: number, format: "png" | "jpeg" | "webp") {
  let seed = 1;
  const pixels = Buffer.alloc(side * side * 3);
  for (let index = 0; index < pixels.length; index += 1) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    pixels[index] = seed >> 16;
  }
  return sharp(pixels, { raw: { width: side, height: side, channels: 3 } })
    .toFormat(format)
    .toBuffer();
}

it("draws two squares", async () => {
  for (const format of ["png", "jpeg"] as const) {
    const sizes = await drawSizes(await noise(300, format));
    const shapes = await Promise.all(
      [sizes?.large, sizes?.small].map(async (bytes) => {
        const { width, height, format: made } = await sharp(bytes).metadata();
        return [made, width, height];
      }),
    );
    expect(shapes).toEqual([
      ["webp", 512, 512],
      ["webp", 128, 128],
    ]);
  }
});

it("keeps nothing of what the file said about itself", async () => {
  const withPlace = await sharp(await noise(60, "jpeg"))
    .withExif({ IFD0: { Copyright: "somewhere at home" } })
    .jpeg()
    .toBuffer();
  expect(withPlace.toString("latin1")).toContain("somewhere at home");
  const sizes = await drawSizes(withPlace);
  expect(sizes?.large.toString("latin1")).not.toContain("somewhere");
});

it("refuses what is not a sound JPEG or PNG before a decoder sees it", async () => {
  const png = await noise(50, "png");
  const bomb = Buffer.from(png);
  bomb.writeUInt32BE(16_383, 16); // The width and height that the header claims.
  bomb.writeUInt32BE(16_383, 20);
  for (const [name, bytes] of Object.entries({
    webp: await noise(50, "webp"),
    svg: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
    empty: Buffer.alloc(0),
    cut: png.subarray(0, png.length >> 1),
    bomb,
    "bytes behind a JPEG's first": Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(200)]),
  })) {
    expect(await drawSizes(bytes), name).toBe(null);
  }
});

it("refuses more than 25 million pixels", async () => {
  const wide = await sharp({ create: { width: 5_100, height: 5_000, channels: 3, background: "#fff" } })
    .png()
    .toBuffer();
  expect(await drawSizes(wide)).toBe(null);
});
