import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StartRefused } from "./start-refused.ts";

/**
 * The key of a data directory without SECRET_KEY: made once, kept in `DATA_DIR/secret`, readable by us only.
 * Written aside and linked into place, so that a crash or a second process never leaves half a key.
 */
export function loadOrCreateSecretKey(dataDir: string): string {
  const path = join(dataDir, "secret");
  try {
    mkdirSync(dataDir, { recursive: true });
    const kept = readIfPresent(path);
    if (kept !== null) return usable(kept, path);
    const draft = join(dataDir, `.secret-${process.pid}-${randomBytes(4).toString("hex")}`);
    writeFileSync(draft, `${randomBytes(36).toString("base64url")}\n`, { mode: 0o600, flag: "wx" });
    try {
      linkSync(draft, path);
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error; // Another process was first: its key counts.
    } finally {
      rmSync(draft, { force: true });
    }
    return usable(readFileSync(path, "utf8"), path);
  } catch (error) {
    if (error instanceof StartRefused) throw error;
    throw new StartRefused(
      `DATA_DIR (${dataDir}) cannot be written (${codeOf(error) ?? "unknown reason"}): choose a directory that this user may write.`,
      { cause: error },
    );
  }
}

function readIfPresent(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return null;
    throw error;
  }
}

function usable(text: string, path: string): string {
  const key = text.trim();
  if (key.length >= 32) return key;
  throw new StartRefused(
    `The key in ${path} is damaged: put the old one back from a backup, or delete the file to have a new one made (signed links stop working).`,
  );
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
