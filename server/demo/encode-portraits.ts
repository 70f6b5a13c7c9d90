import { drawSizes, type PhotoSizes } from "../accounts/photo-sizes.ts";
import { type PortraitName, portraits } from "./portraits/portraits.ts";

export type Faces = ReadonlyMap<PortraitName, PhotoSizes>;

/** The drawn portraits as photos: from here on they go the way of any upload. */
export async function encodePortraits(): Promise<Faces> {
  const names = Object.keys(portraits) as PortraitName[]; // The keys of an object of ours.
  return new Map(await Promise.all(names.map(async (name) => [name, await encodePortrait(name)] as const)));
}

async function encodePortrait(name: PortraitName): Promise<PhotoSizes> {
  // Only the first start of a demo draws anything.
  const { default: sharp } = await import("sharp");
  const drawn = await sharp(Buffer.from(portraits[name]), { density: 96 })
    .resize(512, 512)
    .png({ compressionLevel: 1 })
    .toBuffer();
  const sizes = await drawSizes(drawn);
  if (sizes === null) throw new Error(`the portrait ${name} was not drawn`);
  return sizes;
}
