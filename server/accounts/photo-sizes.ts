import type { PhotoCrop } from "../../shared/protocol/profile-routes.ts";
import { kindOf, mostPixels } from "./profile/picture.ts";

export type PhotoSizes = { large: Buffer; small: Buffer };

const sides = { large: 512, small: 128 };

/**
 * Squares of 512 and 128 pixels, as WebP, without any metadata: the crop (in pixels of the upright picture), else the
 * middle. Null for anything that is not a sound JPEG or PNG, and for a crop that reaches outside: the first bytes are
 * looked at before a decoder sees the rest, because a 32 KB file can claim 16383 x 16383 pixels.
 */
export async function drawSizes(bytes: Buffer, crop: PhotoCrop | null = null): Promise<PhotoSizes | null> {
  if (kindOf(bytes) === null) return null;
  // The native part is loaded only where photos are drawn.
  const { default: sharp } = await import("sharp");
  const upright = sharp(bytes, {
    limitInputPixels: mostPixels,
    failOn: "error",
    sequentialRead: true,
    pages: 1,
  })
    .timeout({ seconds: 6 })
    .autoOrient();
  try {
    const cut =
      crop === null
        ? upright
        : upright.extract({ left: crop.left, top: crop.top, width: crop.side, height: crop.side });
    // Decoded once; what shines through is white.
    const { data, info } = await cut
      .resize(sides.large, sides.large, { fit: "cover" })
      .flatten({ background: "#fff" })
      .toColourspace("srgb")
      .raw()
      .toBuffer({ resolveWithObject: true });
    const square = () =>
      sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
    const large = await square().webp({ quality: 82, effort: 4 }).toBuffer();
    const small = await square().resize(sides.small, sides.small).webp({ quality: 84, effort: 6 }).toBuffer();
    return { large, small };
  } catch {
    return null; // Broken, or too large: whoever uploaded it is told the same.
  }
}
