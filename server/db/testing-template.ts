import { accessSync, constants, statfsSync } from "node:fs";
import { tmpdir } from "node:os";

/** The migrated database that each test database is copied from. */
export const testTemplateName = "foyer_template";

export function withDatabase(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** A copy of the template is 300 small files: 10 ms in memory, up to 400 ms on a disk. */
export function fastFolder(): string {
  const memory = "/dev/shm";
  try {
    accessSync(memory, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = statfsSync(memory);
    return bavail * bsize > 2 * 1024 ** 3 ? memory : tmpdir();
  } catch {
    return tmpdir(); // Not on this system.
  }
}
