import sharp from "sharp";
import { type PortraitName, portraits } from "./portraits/portraits.ts";

type Face = { large: Buffer; small: Buffer; tiny: Buffer };
export type Faces = ReadonlyMap<PortraitName, Face>;

/** The three sizes of the photos table, from our own SVG. */
async function encodePortrait(svg: string): Promise<Face> {
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

export async function encodePortraits(): Promise<Faces> {
  const names = Object.keys(portraits) as PortraitName[]; // The keys of an object of ours.
  return new Map(
    await Promise.all(names.map(async (name) => [name, await encodePortrait(portraits[name])] as const)),
  );
}
