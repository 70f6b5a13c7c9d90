/**
 * How the camera was held, 1 to 8, from a block of Exif; 1 when it does not say. Read here, from the first directory only,
 * because libraries follow every pointer of a hostile one for seconds.
 */
export function orientationOf(exif: Buffer): number {
  const order = exif.toString("latin1", 0, 4);
  if (order !== "II*\0" && order !== "MM\0*") return 1;
  const isLittle = order.startsWith("I");
  const short = (at: number) => (isLittle ? exif.readUInt16LE(at) : exif.readUInt16BE(at));
  if (exif.length < 14) return 1;
  const directory = isLittle ? exif.readUInt32LE(4) : exif.readUInt32BE(4);
  if (directory + 2 > exif.length) return 1;
  const entries = short(directory);
  for (let index = 0; index < entries; index += 1) {
    const at = directory + 2 + index * 12;
    if (at + 12 > exif.length) return 1;
    if (short(at) !== 0x0112) continue;
    const value = short(at + 8);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}

/** The smallest block of Exif that says this and nothing else. */
export function exifSaying(orientation: number): Buffer {
  const block = Buffer.alloc(26);
  block.write("II*\0", 0, "latin1");
  block.writeUInt32LE(8, 4);
  block.writeUInt16LE(1, 8); // One entry:
  block.writeUInt16LE(0x0112, 10); // the orientation,
  block.writeUInt16LE(3, 12); // a short,
  block.writeUInt32LE(1, 14); // one of it.
  block.writeUInt16LE(orientation, 18);
  return block;
}
