import sharp from "sharp";

/** The three sizes of the photos table, from our own SVG. */
export async function encodePortrait(svg: string): Promise<{ large: Buffer; small: Buffer; tiny: Buffer }> {
  const drawn = await sharp(Buffer.from(svg), { density: 96 })
    .resize(512, 512)
    .png({ compressionLevel: 1 })
    .toBuffer();
  const [large, small, tiny] = await Promise.all(
    [512, 128, 48].map((side) =>
      sharp(drawn)
        .resize(side, side)
        .webp({ quality: side === 48 ? 70 : 84 })
        .toBuffer(),
    ),
  );
  if (!large || !small || !tiny) throw new Error("a demo portrait was not drawn");
  return { large, small, tiny };
}
