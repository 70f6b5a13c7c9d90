import { crc32 } from "node:zlib";
import { exifSaying, orientationOf } from "./orientation.ts";
import { type Picture, problemOfSize } from "./picture.ts";

/** What draws the picture and what colours it; texts, times and the like stay out. */
const kept = new Set(["IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP"]);
/** Bytes as stored. A profile is a few kilobytes; one that unpacks to the limit of the decoder is a few hundred. */
const mostProfileBytes = 65_536;
const mostChunks = 20_000;
const headerBytes = 8;

/** Walks the chunks of a PNG, checks each, and keeps what is needed to draw it. Animated ones (APNG) are refused. */
export function readPng(bytes: Buffer): Picture {
  const parts: Buffer[] = [bytes.subarray(0, headerBytes)];
  let size: { width: number; height: number } | null = null;
  let hasPixels = false;
  let at = headerBytes;
  for (let count = 0; count < mostChunks; count += 1) {
    if (at + 12 > bytes.length) return { problem: "broken" };
    const length = bytes.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > bytes.length) return { problem: "broken" };
    const type = bytes.toString("latin1", at + 4, at + 8);
    if (crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) return { problem: "broken" };
    if ((type === "IHDR") !== (count === 0)) return { problem: "broken" };
    if (type === "IHDR") {
      if (length !== 13) return { problem: "broken" };
      size = { width: bytes.readUInt32BE(at + 8), height: bytes.readUInt32BE(at + 12) };
      const problem = problemOfSize(size.width, size.height);
      if (problem !== null) return { problem };
    }
    if (type === "acTL" || type === "fcTL" || type === "fdAT") return { problem: "animated" };
    hasPixels ||= type === "IDAT";
    if (type === "eXIf" && !hasPixels)
      parts.push(exifChunk(orientationOf(bytes.subarray(at + headerBytes, end - 4))));
    if (kept.has(type) && !(type === "iCCP" && length > mostProfileBytes))
      parts.push(bytes.subarray(at, end));
    if (type === "IEND") {
      return size !== null && hasPixels ? { bytes: Buffer.concat(parts), ...size } : { problem: "broken" };
    }
    at = end;
  }
  return { problem: "broken" };
}

function exifChunk(orientation: number): Buffer {
  const body = Buffer.concat([Buffer.from("eXIf", "latin1"), exifSaying(orientation)]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}
