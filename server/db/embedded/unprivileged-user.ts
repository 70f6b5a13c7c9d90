import { lstatSync, readFileSync, realpathSync, type Stats, statSync } from "node:fs";
import { dirname } from "node:path";
import { StartRefused } from "../../start-refused.ts";

/** The account that runs PostgreSQL when we are root (it refuses uid 0). */
export type UnprivilegedUser = { uid: number; gid: number };

/**
 * `nobody` where there is one. It must stand in /etc/passwd: PostgreSQL looks its own name up there, so an
 * invented number will not do.
 */
export function findUnprivilegedUser(passwd = readFileSync("/etc/passwd", "utf8")): UnprivilegedUser {
  const accounts = passwd.split("\n").flatMap((line) => {
    const [name = "", , uid, gid] = line.split(":");
    return Number(uid) > 0 && Number(gid) > 0 ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
  const chosen =
    accounts.find(({ name }) => name === "nobody") ??
    accounts.find(({ name }) => name === "daemon") ??
    accounts.find(({ uid }) => uid < 1000);
  if (!chosen) {
    throw new StartRefused(
      "The built-in database cannot run as root and there is no account such as nobody to run it as: start Foyer as an ordinary user, or set DATABASE_URL.",
    );
  }
  return { uid: chosen.uid, gid: chosen.gid };
}

export function ownerOf(path: string): UnprivilegedUser {
  const { uid, gid } = statSync(path);
  return { uid, gid };
}

/** Whether that user can walk to `path` (each folder above it lets it pass) and read it. */
export function canReach(path: string, user: UnprivilegedUser): boolean {
  const target = realpathSync(path);
  if (!allows(statSync(target), user, statSync(target).isDirectory() ? 5 : 4)) return false;
  for (let folder = dirname(target); ; folder = dirname(folder)) {
    if (!allows(lstatSync(folder), user, 1)) return false;
    if (folder === dirname(folder)) return true;
  }
}

function allows({ mode, uid, gid }: Stats, user: UnprivilegedUser, wanted: number): boolean {
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
  return ((mode >> shift) & wanted) === wanted;
}
