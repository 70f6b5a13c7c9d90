import type { Request } from "express";
import { AppError } from "../../errors.ts";

/**
 * The body of a request as it is. Throws `photo_refused` as soon as it has more than `mostBytes`, and `invalid_input` when
 * the caller breaks off or has not sent it within `deadlineMs`. What comes after a refusal is read into nothing, so that the
 * caller hears the refusal; the server's time for a request ends it.
 */
export async function readBody(
  request: Pick<Request, "headers" | "on" | "once">,
  { mostBytes, deadlineMs }: { mostBytes: number; deadlineMs: number },
): Promise<Buffer> {
  const tooLarge = () => new AppError("photo_refused", { photo: "too_large" });
  if (Number(request.headers["content-length"] ?? 0) > mostBytes) throw tooLarge();
  let parts: Buffer[] = [];
  let length = 0;
  let isGivenUp = false;
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      const giveUp = (error: AppError) => {
        isGivenUp = true;
        parts = [];
        reject(error);
      };
      timer = setTimeout(() => giveUp(new AppError("invalid_input", { field: "body" })), deadlineMs);
      request.on("data", (part: Buffer) => {
        length += part.length;
        if (length > mostBytes) giveUp(tooLarge());
        else if (!isGivenUp) parts.push(part);
      });
      request.once("end", () => resolve(Buffer.concat(parts)));
      request.once("error", reject);
      request.once("close", () => reject(new AppError("invalid_input", { field: "body" })));
    });
  } finally {
    clearTimeout(timer);
  }
}
