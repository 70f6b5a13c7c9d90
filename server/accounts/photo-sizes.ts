export type PhotoSizes = { large: Buffer; small: Buffer };

const mostPixels = 25_000_000;

/**
 * Squares of 512 and 128 pixels, as WebP, without any metadata. Null for anything that is not a sound JPEG or PNG:
 * the first bytes are looked at before a decoder sees the rest, because a 32 KB file can claim 16383 x 16383 pixels.
 */
export async function drawSizes(bytes: Buffer): Promise<PhotoSizes | null> {
  if (!isJpeg(bytes) && !isPng(bytes)) return null;
  // The native part is loaded only where photos are saved.
  const { default: sharp } = await import("sharp");
  const square = (side: number) =>
    sharp(bytes, { limitInputPixels: mostPixels, failOn: "error", sequentialRead: true, pages: 1 })
      .timeout({ seconds: 10 })
      .autoOrient()
      .resize(side, side, { fit: "cover" });
  try {
    const large = await square(512).webp({ quality: 82, effort: 4 }).toBuffer();
    const small = await square(128).webp({ quality: 84, effort: 6 }).toBuffer();
    return { large, small };
  } catch {
    return null; // Broken, or too large: whoever uploaded it is told the same.
  }
}

function isJpeg(bytes: Buffer): boolean {
  return bytes.length > 4 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

function isPng(bytes: Buffer): boolean {
  return bytes.subarray(0, 8).equals(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]));
}
