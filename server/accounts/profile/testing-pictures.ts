import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";

// Pictures as cameras and attackers make them.

export const colors = {
  red: [230, 20, 20],
  green: [20, 200, 20],
  blue: [20, 20, 230],
  white: [250, 250, 250],
};

/** Four quarters: red and green above, blue and white below, of 320 x 240 unless told otherwise. */
export async function quarters(
  width = 320,
  height = 240,
): Promise<{ pixels: Buffer; width: number; height: number }> {
  const pixels = Buffer.alloc(width * height * 3);
  const { red, green, blue, white } = colors;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const color = y < height / 2 ? (x < width / 2 ? red : green) : x < width / 2 ? blue : white;
      pixels.set(color, (y * width + x) * 3);
    }
  }
  return { pixels, width, height };
}

export async function quartersAs(width?: number, height?: number) {
  const made = await quarters(width, height);
  return sharp(made.pixels, { raw: { width: made.width, height: made.height, channels: 3 } });
}

export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const crc = Buffer.alloc(4);
  crc.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, crc]);
}

export const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export function pngHeader(
  width: number,
  height: number,
  { depth = 8, color = 2, interlace = 0 } = {},
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = depth;
  header[9] = color;
  header[12] = interlace;
  return pngChunk("IHDR", header);
}

/** A PNG whose pixels are one run of zeros. */
export function blankPng(width: number, height: number, more: Buffer[] = [], bytes?: number): Buffer {
  const raw = Buffer.alloc(bytes ?? (width * 3 + 1) * height);
  return Buffer.concat([
    pngSignature,
    pngHeader(width, height),
    ...more,
    pngChunk("IDAT", deflateSync(raw, { level: 9 })),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Puts chunks behind the header of a PNG. */
export function withChunks(png: Buffer, ...chunks: Buffer[]): Buffer {
  return Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)]);
}

export function jpegSegment(code: number, data: Buffer): Buffer {
  const head = Buffer.from([0xff, code, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

/** Puts segments behind the first bytes of a JPEG. */
export function withSegments(jpeg: Buffer, ...segments: Buffer[]): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);
}
