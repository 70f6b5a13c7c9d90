import type { Request } from "express";
import { AppError } from "../../errors.ts";

/**
 * The body of a request as it is. Throws `photo_refused` as soon as it has more than `mostBytes`, and `invalid_input` when
 * the caller breaks off. What comes after a refusal is read into nothing, so that the caller hears the refusal; the
 * server's time for a request ends it.
 */
export async function readBody(request: Request, mostBytes: number): Promise<Buffer> {
  const tooLarge = () => new AppError("photo_refused", { photo: "too_large" });
  if (Number(request.headers["content-length"] ?? 0) > mostBytes) throw tooLarge();
  const parts: Buffer[] = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    request.on("data", (part: Buffer) => {
      length += part.length;
      if (length <= mostBytes) parts.push(part);
      else {
        parts.length = 0;
        reject(tooLarge());
      }
    });
    request.once("end", () => resolve(Buffer.concat(parts)));
    request.once("error", reject);
    request.once("close", () => reject(new AppError("invalid_input", { field: "body" })));
  });
}
