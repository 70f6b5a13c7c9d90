import { limits } from "../shared/protocol/limits.ts";

/** The longest side, tried one after the other until the picture is small enough to be sent. */
const sides = [512, 384, 256, 192, 128];

/**
 * A chosen PNG or JPG as base64 of a small PNG, in its own shape. Null for what the browser cannot read as a picture.
 * What leaves is drawn anew: nothing of the file itself but its pixels.
 */
export async function smallPicture(file: Blob): Promise<string | null> {
  if (!/^image\/(png|jpeg)$/.test(file.type)) return null;
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return null; // No picture, or a broken one.
  }
  try {
    for (const side of sides) {
      for (const type of ["image/png", "image/jpeg"]) {
        // A JPG has no see-through parts: only what had none before.
        if (type === "image/jpeg" && file.type === "image/png") continue;
        const base64 = await drawn(picture, side, type);
        if (base64 !== null && base64.length <= limits.logoBase64Chars) return base64;
      }
    }
    return null;
  } finally {
    picture.close();
  }
}

async function drawn(picture: ImageBitmap, side: number, type: string): Promise<string | null> {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const context = canvas.getContext("2d");
  if (!context) return null;
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL(type, 0.9).split(",")[1] ?? null;
}
