import { exifSaying, orientationOf } from "./orientation.ts";
import { type Picture, problemOfSize } from "./picture.ts";

const marker = {
  soi: 0xd8,
  eoi: 0xd9,
  sos: 0xda,
  dqt: 0xdb,
  dht: 0xc4,
  dri: 0xdd,
  exif: 0xe1,
  icc: 0xe2,
  adobe: 0xee,
} as const;

/** Tables and restarts, and what colours the picture (ICC, Adobe). */
const kept: ReadonlySet<number> = new Set([marker.dqt, marker.dht, marker.dri, marker.icc, marker.adobe]);
/** Baseline, extended and progressive; no camera writes another. */
const frames: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2]);
const otherFrames: ReadonlySet<number> = new Set([
  0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf,
]);

const exifName = "Exif\0\0";
const mostSegments = 5_000;
/** Each scan of a progressive picture goes over all of it once more; encoders make about ten. */
const mostScans = 64;
const mostProfileBytes = 2_000_000;

/** Walks the segments of a JPEG and keeps what is needed to draw it; ends at its first end, whatever follows. */
export function readJpeg(bytes: Buffer): Picture {
  const parts: Buffer[] = [Buffer.from([0xff, marker.soi])];
  let size: { width: number; height: number } | null = null;
  let scans = 0;
  let hasExif = false;
  let profileBytes = 0;
  let at = 2;
  for (let count = 0; count < mostSegments; count += 1) {
    if (bytes[at] !== 0xff) return { problem: "broken" };
    while (bytes[at + 1] === 0xff) at += 1; // Markers may be padded.
    const code = bytes[at + 1];
    if (code === undefined) return { problem: "broken" };
    if (code === marker.eoi) {
      if (size === null || scans === 0) return { problem: "broken" };
      return { bytes: Buffer.concat([...parts, Buffer.from([0xff, marker.eoi])]), ...size };
    }
    if (at + 4 > bytes.length) return { problem: "broken" };
    const end = at + 2 + bytes.readUInt16BE(at + 2);
    if (end < at + 4 || end > bytes.length || otherFrames.has(code)) return { problem: "broken" };
    const segment = bytes.subarray(at, end);
    at = end;
    if (frames.has(code)) {
      if (size !== null || segment.length < 10) return { problem: "broken" };
      size = { width: segment.readUInt16BE(7), height: segment.readUInt16BE(5) };
      const problem = problemOfSize(size.width, size.height);
      if (problem !== null) return { problem };
      parts.push(segment);
    } else if (code === marker.sos) {
      scans += 1;
      if (size === null || scans > mostScans) return { problem: "broken" };
      at = endOfScan(bytes, at);
      parts.push(segment, bytes.subarray(end, at));
    } else if (code === marker.exif) {
      // The first is the camera's; XMP, which may span many, has the same number.
      if (!hasExif && segment.toString("latin1", 4, 10) === exifName) {
        hasExif = true;
        parts.push(exifSegment(orientationOf(segment.subarray(10))));
      }
    } else if (kept.has(code)) {
      if (code === marker.icc) profileBytes += segment.length;
      if (profileBytes <= mostProfileBytes) parts.push(segment);
    }
  }
  return { problem: "broken" };
}

function exifSegment(orientation: number): Buffer {
  const data = Buffer.concat([Buffer.from(exifName, "latin1"), exifSaying(orientation)]);
  const head = Buffer.from([0xff, marker.exif, 0, data.length + 2]);
  return Buffer.concat([head, data]);
}

/** Where the next marker stands that is neither a stuffed byte nor a restart; the end of the bytes when there is none. */
function endOfScan(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at !== -1) {
    const next = bytes[at + 1] ?? 0;
    const isInside = next === 0 || (next >= 0xd0 && next <= 0xd7);
    if (!isInside && next !== 0xff) return at;
    at = bytes.indexOf(0xff, next === 0xff ? at + 1 : at + 2);
  }
  return bytes.length;
}
