import type { PhotoProblem } from "../../../shared/protocol/profile-routes.ts";

/** What a file turns out to be before any decoder has seen it. */
export type Picture =
  | {
      /** Stripped of what a decoder need not see: words, thumbnails, whatever lies behind the end. */
      bytes: Buffer;
      /** As stored; the orientation may turn them. */
      width: number;
      height: number;
    }
  | { problem: PhotoProblem };

/** 25 megapixels: more than a face needs, less than what fills the memory. */
export const mostPixels = 25_000_000;

/** The first bytes of what a decoder would take: asked before the rest is looked at. */
export function kindOf(bytes: Buffer): "jpeg" | "png" | null {
  if (bytes.length > 4 && bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "jpeg";
  const png = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  return png.every((byte, at) => bytes[at] === byte) ? "png" : null;
}

export function problemOfSize(width: number, height: number): PhotoProblem | null {
  if (width === 0 || height === 0) return "broken";
  return width * height > mostPixels ? "too_many_pixels" : null;
}
