import type { PhotoSizes } from "../photo-sizes.ts";

/** The page sends at most 512 pixels a side; this much is plenty, and little to decode. */
const mostPixels = 4_000_000;

/**
 * A logo in its own shape, at most 512 and 128 pixels a side, as WebP without any metadata; null for a broken one, or one
 * of too many pixels. The caller has looked at the first bytes.
 */
export async function drawLogo(bytes: Buffer): Promise<PhotoSizes | null> {
  // The native part is loaded only where pictures are saved.
  const { default: sharp } = await import("sharp");
  const inside = (side: number) =>
    sharp(bytes, { limitInputPixels: mostPixels, failOn: "error", sequentialRead: true, pages: 1 })
      .timeout({ seconds: 5 })
      .autoOrient()
      .resize(side, side, { fit: "inside", withoutEnlargement: true });
  try {
    const large = await inside(512).webp({ quality: 90, effort: 4 }).toBuffer();
    const small = await inside(128).webp({ quality: 90, effort: 4 }).toBuffer();
    return { large, small };
  } catch {
    return null; // Broken, or too large: whoever sent it is told the same.
  }
}
