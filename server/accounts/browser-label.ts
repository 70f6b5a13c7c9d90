import type { Request } from "express";
import { deviceOf } from "../visitors/device.ts";

/** How a session of this browser is called in the list: "Chrome on macOS". */
export function browserLabel(request: Request): string {
  const { browser, os } = deviceOf(request.get("user-agent") ?? "");
  return [browser, os].filter((part) => part !== "").join(" on ");
}
