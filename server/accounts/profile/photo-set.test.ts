import { randomBytes } from "node:crypto";
import { deflateSync } from "node:zlib";
import sharp, { type Sharp } from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPhotoStudio, type PhotoStudio } from "./photo-studio.ts";
import { buildPhotoProgram } from "./testing.ts";
import {
  blankPng,
  colors,
  jpegSegment,
  pngChunk,
  pngHeader,
  pngSignature,
  quartersAs,
  withChunks,
  withSegments,
} from "./testing-pictures.ts";

const secret = "51.4769 N, 0.0005 W, at home";
let program: Awaited<ReturnType<typeof buildPhotoProgram>>;
let studio: PhotoStudio;
beforeAll(async () => {
  program = await buildPhotoProgram();
  studio = createPhotoStudio({ program: program.url });
  await studio.draw(await (await quartersAs()).png().toBuffer(), null);
});
afterAll(() => program.remove());

type Sizes = { large: Buffer; small: Buffer };

async function expectClean({ large, small }: Sizes) {
  for (const [bytes, side] of [
    [large, 512],
    [small, 128],
  ] as const) {
    const facts = await sharp(bytes).metadata();
    expect([facts.format, facts.width, facts.height, facts.space]).toEqual(["webp", side, side, "srgb"]);
    expect([facts.exif, facts.icc, facts.xmp, facts.iptc, facts.orientation]).toEqual(
      Array.from({ length: 5 }, () => undefined),
    );
    // The container holds its pixels and nothing else: no other part of a RIFF file has a name that would be kept.
    expect(bytes.toString("latin1", 0, 4) + bytes.toString("latin1", 8, 12)).toBe("RIFFWEBP");
    expect(bytes.readUInt32LE(4) + 8).toBe(bytes.length);
    expect(bytes.includes(Buffer.from("PK\u0003\u0004"))).toBe(false);
    expect(bytes.toString("latin1")).not.toMatch(/at home|<script|<html|EXIF|XMP /);
  }
}

/** The colour in the middle of each quarter: above left and right, below left and right. */
async function quartersOf(bytes: Buffer): Promise<string[]> {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const at = [
    [0.25, 0.25],
    [0.75, 0.25],
    [0.25, 0.75],
    [0.75, 0.75],
  ] as const;
  return at.map(([x, y]) => {
    const place = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * info.channels;
    const [r = 0, g = 0, b = 0] = data.subarray(place, place + 3);
    const distance = ([cr = 0, cg = 0, cb = 0]: readonly number[]) =>
      Math.abs(r - cr) + Math.abs(g - cg) + Math.abs(b - cb);
    const [name, far] = Object.entries(colors)
      .map(([key, color]) => [key, distance(color)] as const)
      .sort((a, b2) => a[1] - b2[1])[0] ?? ["none", 0];
    return far < 150 ? name : `${name}? ${r},${g},${b}`;
  });
}

const upright = ["red", "green", "blue", "white"];

describe("a picture of a camera", () => {
  const exif = {
    IFD0: { Copyright: secret, Make: "Testing", Model: "One" },
    IFD3: { GPSLatitudeRef: "N", GPSLatitude: "51/1 28/1 36/1", GPSLongitudeRef: "W" },
  };
  const shapes: Record<string, () => Promise<Buffer>> = {
    "a baseline JPEG": async () => (await quartersAs()).jpeg().toBuffer(),
    "a progressive JPEG": async () => (await quartersAs()).jpeg({ progressive: true }).toBuffer(),
    "a JPEG without subsampling": async () =>
      (await quartersAs()).jpeg({ chromaSubsampling: "4:4:4", quality: 100 }).toBuffer(),
    "a mozjpeg with many scans": async () => (await quartersAs()).jpeg({ mozjpeg: true }).toBuffer(),
    "a CMYK JPEG": async () => (await quartersAs()).toColourspace("cmyk").jpeg().toBuffer(),
    "a JPEG of 4000 x 3000": async () => (await quartersAs(4_000, 3_000)).jpeg().toBuffer(),
    "a tall JPEG": async () => (await quartersAs(300, 2_000)).jpeg().toBuffer(),
    "a JPEG with GPS, XMP and a profile": async () =>
      (await quartersAs())
        .withExif(exif)
        .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><note>${secret}</note></x:xmpmeta>`)
        .withIccProfile("p3")
        .jpeg()
        .toBuffer(),
    "a JPEG with comments and a second picture behind it": async () => {
      const jpeg = await (await quartersAs()).jpeg().toBuffer();
      return Buffer.concat([withSegments(jpeg, jpegSegment(0xfe, Buffer.from(secret))), jpeg]);
    },
    "a PNG": async () => (await quartersAs()).png().toBuffer(),
    "an interlaced PNG": async () => (await quartersAs()).png({ progressive: true }).toBuffer(),
    "a 16-bit PNG": async () => (await quartersAs()).toColourspace("rgb16").png().toBuffer(),
    "a PNG with a palette": async () => (await quartersAs()).png({ palette: true, colours: 16 }).toBuffer(),
    "a PNG with an alpha channel": async () => (await quartersAs()).ensureAlpha(1).png().toBuffer(),
    "a PNG with Exif and a profile": async () =>
      (await quartersAs()).withExif(exif).withIccProfile("p3").png().toBuffer(),
    "a PNG with text": async () =>
      withChunks(
        await (await quartersAs()).png().toBuffer(),
        pngChunk("tEXt", Buffer.from(`Comment\0${secret}`)),
      ),
  };
  for (const [name, make] of Object.entries(shapes)) {
    it(`${name} becomes two clean squares`, async () => {
      const drawn = await studio.draw(await make(), null);
      if ("problem" in drawn) throw new Error(drawn.problem);
      await expectClean(drawn.sizes);
      expect(await quartersOf(drawn.sizes.large)).toEqual(upright);
      expect(await quartersOf(drawn.sizes.small)).toEqual(upright);
    });
  }

  for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
    for (const format of ["jpeg", "png"] as const) {
      it(`as ${format} in orientation ${orientation} stands upright, whole and cropped`, async () => {
        // Turned as the camera was held, so that turning it back gives the quarters again.
        const turned = (await quartersAs()).png();
        const back: Record<number, (image: Sharp) => Sharp> = {
          1: (image) => image,
          2: (image) => image.flop(),
          3: (image) => image.rotate(180),
          4: (image) => image.flip(),
          5: (image) => image.rotate(270).flop(),
          6: (image) => image.rotate(270),
          7: (image) => image.rotate(90).flop(),
          8: (image) => image.rotate(90),
        };
        const stored = await (back[orientation] ?? ((image) => image))(sharp(await turned.toBuffer()))
          .png()
          .toBuffer();
        const file = () => sharp(stored).withMetadata({ orientation }).toFormat(format).toBuffer();
        const drawn = await studio.draw(await file(), null);
        if ("problem" in drawn) throw new Error(drawn.problem);
        await expectClean(drawn.sizes);
        expect(await quartersOf(drawn.sizes.large)).toEqual(upright);
        // The crop counts in the picture as it is seen: its right lower quarter is white.
        const cropped = await studio.draw(await file(), { left: 200, top: 130, side: 100 });
        if ("problem" in cropped) throw new Error(cropped.problem);
        expect(new Set(await quartersOf(cropped.sizes.large))).toEqual(new Set(["white"]));
      });
    }
  }

  it("in greys stays grey", async () => {
    for (const format of ["jpeg", "png"] as const) {
      const grey = await (await quartersAs()).greyscale().toFormat(format).toBuffer();
      const drawn = await studio.draw(grey, null);
      if ("problem" in drawn) throw new Error(drawn.problem);
      await expectClean(drawn.sizes);
    }
  });

  it("shows white where it is transparent", async () => {
    const clear = await sharp({ create: { width: 90, height: 90, channels: 4, background: "#0000" } })
      .png()
      .toBuffer();
    const drawn = await studio.draw(clear, null);
    if ("problem" in drawn) throw new Error(drawn.problem);
    expect(new Set(await quartersOf(drawn.sizes.large))).toEqual(new Set(["white"]));
  });

  it("of a crop outside of the picture is refused", async () => {
    const png = await (await quartersAs()).png().toBuffer();
    expect(await studio.draw(png, { left: 300, top: 0, side: 100 })).toEqual({ problem: "broken" });
  });
});

const html = Buffer.from("<html><script>alert(document.domain)</script></html>");
const zip = Buffer.concat([
  Buffer.from("PK\u0003\u0004"),
  randomBytes(64),
  Buffer.from("PK\u0005\u0006"),
  Buffer.alloc(18),
]);

const jpeg = async (width?: number, height?: number) => (await quartersAs(width, height)).jpeg().toBuffer();
const png = async (width?: number, height?: number) => (await quartersAs(width, height)).png().toBuffer();

/** A tiny TIFF block as Exif has it, with so many entries that all point at one another. */
function exifBomb(): Buffer {
  const entries = 5_000;
  const block = Buffer.alloc(8 + 2 + entries * 12 + 4);
  block.write("II*\0", 0, "latin1");
  block.writeUInt32LE(8, 4);
  block.writeUInt16LE(entries, 8);
  for (let index = 0; index < entries; index += 1) {
    const at = 10 + index * 12;
    block.writeUInt16LE(0x8769, at);
    block.writeUInt16LE(4, at + 2);
    block.writeUInt32LE(0x7fffffff, at + 4);
    block.writeUInt32LE(8, at + 8);
  }
  return jpegSegment(0xe1, Buffer.concat([Buffer.from("Exif\0\0"), block]).subarray(0, 65_500));
}

function iccChunk(unpackedBytes: number): Buffer {
  return pngChunk("iCCP", Buffer.concat([Buffer.from("bomb\0\0"), deflateSync(Buffer.alloc(unpackedBytes))]));
}

/** The scan of a progressive JPEG, so many times. */
async function manyScans(times: number): Promise<Buffer> {
  const file = await (await quartersAs(1_000, 1_000)).jpeg({ progressive: true }).toBuffer();
  const lastScan = file.lastIndexOf(Buffer.from([0xff, 0xda]));
  const scan = file.subarray(lastScan, file.length - 2);
  return Buffer.concat([
    file.subarray(0, file.length - 2),
    ...Array<Buffer>(times).fill(scan),
    file.subarray(-2),
  ]);
}

type Outcome = "refused" | "drawn" | "either";
const hostile: Record<string, [make: () => Promise<Buffer> | Buffer, outcome: Outcome]> = {
  "zero bytes": [() => Buffer.alloc(0), "refused"],
  "three bytes of a JPEG": [() => Buffer.from([0xff, 0xd8, 0xff]), "refused"],
  "the signature of a PNG alone": [() => pngSignature, "refused"],
  "ten megabytes of noise": [() => randomBytes(10 * 1_024 * 1_024), "refused"],
  "ten megabytes of noise behind a JPEG's first bytes": [
    () => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), randomBytes(10 * 1_024 * 1_024 - 4)]),
    "refused",
  ],
  "ten megabytes of 0xff behind a JPEG's first bytes": [
    () => Buffer.concat([Buffer.from([0xff, 0xd8]), Buffer.alloc(10 * 1_024 * 1_024 - 2, 0xff)]),
    "refused",
  ],
  "a JPEG cut in half": [
    async () => {
      const file = await jpeg();
      return file.subarray(0, file.length >> 1);
    },
    "refused",
  ],
  "a JPEG without its end": [async () => (await jpeg()).subarray(0, -2), "refused"],
  "a PNG cut in half": [async () => (await png()).subarray(0, 300), "refused"],
  "a PNG without IEND": [async () => (await png()).subarray(0, -12), "refused"],
  "a PNG without pixels": [
    () => Buffer.concat([pngSignature, pngHeader(10, 10), pngChunk("IEND", Buffer.alloc(0))]),
    "refused",
  ],
  "a JPEG that is HTML too": [
    async () => withSegments(Buffer.concat([await jpeg(), html]), jpegSegment(0xfe, html)),
    "drawn",
  ],
  "a PNG that is a ZIP too": [async () => Buffer.concat([await png(), zip]), "drawn"],
  "a PNG with HTML in a chunk": [
    async () => withChunks(await png(), pngChunk("tEXt", Buffer.concat([Buffer.from("Title\0"), html]))),
    "drawn",
  ],
  "a GIF": [async () => (await quartersAs()).gif().toBuffer(), "refused"],
  "a GIF's first bytes before a JPEG": [
    async () => Buffer.concat([Buffer.from("GIF89a"), await jpeg()]),
    "refused",
  ],
  "an SVG with a script": [
    () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    "refused",
  ],
  "a WebP called photo.jpg": [async () => (await quartersAs()).webp().toBuffer(), "refused"],
  "a TIFF called photo.jpg": [async () => (await quartersAs()).tiff().toBuffer(), "refused"],
  "an AVIF called photo.jpg": [async () => (await quartersAs(64, 64)).avif().toBuffer(), "refused"],
  "a HEIC called photo.jpg": [
    () =>
      Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from("ftypheic\0\0\0\0mif1heic"), randomBytes(500)]),
    "refused",
  ],
  "a BMP called photo.png": [
    () => Buffer.concat([Buffer.from("BM"), Buffer.alloc(52), randomBytes(300)]),
    "refused",
  ],
  "a PDF called photo.png": [() => Buffer.from("%PDF-1.7\n1 0 obj<</JS(app.alert(1))>>endobj"), "refused"],
  "16383 x 16383 pixels in a few kilobytes": [() => blankPng(16_383, 16_383, [], 1_000_000), "refused"],
  "a header of 2^31 pixels a side": [() => blankPng(0x7fffffff, 0x7fffffff, [], 100), "refused"],
  "a header without a side": [() => blankPng(0, 100, [], 100), "refused"],
  "25 million pixels and some": [() => blankPng(5_001, 5_000), "refused"],
  "pixels that unpack to a hundred times the picture": [() => blankPng(100, 100, [], 200_000_000), "either"],
  "a JPEG that claims 65535 x 65535": [
    async () => {
      const file = Buffer.from(await jpeg());
      const frame = file.indexOf(Buffer.from([0xff, 0xc0]));
      file.writeUInt32BE(0xffffffff, frame + 5);
      return file;
    },
    "refused",
  ],
  "a JPEG of no height": [
    async () => {
      const file = Buffer.from(await jpeg());
      file.writeUInt16BE(0, file.indexOf(Buffer.from([0xff, 0xc0])) + 5);
      return file;
    },
    "refused",
  ],
  "a JPEG with two frames": [
    async () => {
      const file = await jpeg();
      const frame = file.indexOf(Buffer.from([0xff, 0xc0]));
      return Buffer.concat([file.subarray(0, frame), file.subarray(frame, frame + 19), file.subarray(frame)]);
    },
    "refused",
  ],
  "a PNG with a wrong checksum": [
    async () => {
      const file = Buffer.from(await png());
      const at = file.length - 20;
      file[at] = (file[at] ?? 0) ^ 0xff;
      return file;
    },
    "refused",
  ],
  "a chunk that claims to be longer than the file": [
    async () => {
      const file = Buffer.from(await png());
      file.writeUInt32BE(0xfffffff0, 33);
      return file;
    },
    "refused",
  ],
  "a PNG with two headers": [async () => withChunks(await png(), pngHeader(9_000, 9_000)), "refused"],
  "an animated PNG": [
    async () => withChunks(await png(), pngChunk("acTL", Buffer.from([0, 0, 0, 2, 0, 0, 0, 0]))),
    "refused",
  ],
  "a JPEG with thousands of scans": [() => manyScans(3_000), "refused"],
  "a JPEG with sixty thousand segments": [
    async () => withSegments(await jpeg(), ...Array<Buffer>(60_000).fill(jpegSegment(0xfe, Buffer.alloc(4)))),
    "refused",
  ],
  "a PNG with a hundred thousand chunks": [
    async () =>
      withChunks(await png(), ...Array<Buffer>(100_000).fill(pngChunk("tEXt", Buffer.from("a\0b")))),
    "refused",
  ],
  "a PNG whose texts unpack to a gigabyte": [
    async () => {
      const text = Buffer.concat([Buffer.from("a\0\0"), deflateSync(Buffer.alloc(50_000_000))]);
      return withChunks(await png(), ...Array<Buffer>(20).fill(pngChunk("zTXt", text)));
    },
    "drawn",
  ],
  "a PNG whose profile unpacks to 200 MB": [
    async () => withChunks(await png(), iccChunk(200_000_000)),
    "drawn",
  ],
  "a PNG whose profile unpacks to 50 MB": [
    async () => withChunks(await png(), iccChunk(50_000_000)),
    "either",
  ],
  "a JPEG with a profile of noise in 200 parts": [
    async () =>
      withSegments(
        await jpeg(),
        ...Array.from({ length: 200 }, (_, part) =>
          jpegSegment(
            0xe2,
            Buffer.concat([Buffer.from("ICC_PROFILE\0"), Buffer.from([part + 1, 200]), randomBytes(40_000)]),
          ),
        ),
      ),
    "either",
  ],
  "a JPEG with an Exif bomb": [async () => withSegments(await jpeg(), exifBomb()), "drawn"],
  "a JPEG with a thousand Exif blocks": [
    async () => withSegments(await jpeg(), ...Array<Buffer>(1_000).fill(exifBomb().subarray(0, 9_000))),
    "either",
  ],
  "a JPEG whose Huffman table is noise": [
    async () => {
      const file = Buffer.from(await jpeg());
      const table = file.indexOf(Buffer.from([0xff, 0xc4]));
      randomBytes(16).copy(file, table + 5);
      return file;
    },
    "either",
  ],
  "megabytes behind the end": [async () => Buffer.concat([await jpeg(), randomBytes(8_000_000)]), "drawn"],
};

describe("a hostile file", () => {
  const residentAtStart = { bytes: 0 };
  let worstMb = 0;
  beforeAll(() => {
    residentAtStart.bytes = process.memoryUsage.rss();
  });

  it("is one of at least 25", () => {
    expect(Object.keys(hostile).length).toBeGreaterThanOrEqual(25);
  });

  for (const [name, [make, outcome]] of Object.entries(hostile)) {
    it(`${name}: ${outcome}, within two seconds, and the process keeps answering`, async () => {
      const file = await make();
      let longestMs = 0;
      let seenAt = performance.now();
      const pulse = setInterval(() => {
        longestMs = Math.max(longestMs, performance.now() - seenAt);
        seenAt = performance.now();
        worstMb = Math.max(worstMb, (process.memoryUsage.rss() - residentAtStart.bytes) / 1_048_576);
      }, 5);
      const startedAt = performance.now();
      const drawn = await studio.draw(file, null);
      const ms = performance.now() - startedAt;
      clearInterval(pulse);
      expect(ms).toBeLessThan(2_000);
      expect(longestMs).toBeLessThan(500);
      if ("sizes" in drawn) await expectClean(drawn.sizes);
      if (outcome !== "either") expect("sizes" in drawn ? "drawn" : "refused").toBe(outcome);
    });
  }

  it("takes no more memory than a few pictures do", () => {
    expect(worstMb).toBeGreaterThan(0);
    expect(worstMb).toBeLessThan(250);
  });

  it("that its thread cannot finish is given up at the deadline", async () => {
    const slow = createPhotoStudio({ program: program.url, deadlineMs: 1 });
    expect(await slow.draw(await jpeg(), null)).toEqual({ problem: "broken" });
    // And the next one has its turn.
    expect(await slow.draw(await jpeg(), null)).toEqual({ problem: "broken" });
    expect(await studio.draw(await jpeg(), null)).toHaveProperty("sizes");
  });

  it("is one too many while others wait", async () => {
    const file = await jpeg();
    const results = await Promise.allSettled(Array.from({ length: 9 }, () => studio.draw(file, null)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(4);
  });
});
