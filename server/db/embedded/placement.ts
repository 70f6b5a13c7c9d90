import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { StartRefused } from "../../start-refused.ts";
import { canReach, findUnprivilegedUser, ownerOf, type UnprivilegedUser } from "./unprivileged-user.ts";

/** Where the parts of one built-in database lie and who runs it. */
export type Placement = {
  /** Ours: access rules, and the folders below. */
  home: string;
  /** The database files; owned by the user who runs PostgreSQL. */
  cluster: string;
  /** Shown in process titles, by which leftovers of a crash are found. */
  clusterName: string;
  /** Null: PostgreSQL runs as we do. */
  runAs: UnprivilegedUser | null;
  /** Where copies of the programs go if they are needed. */
  copiesDir: string;
};

/** Holds the place of the database when it is not under DATA_DIR. The path in it counts, also after a move. */
const noteName = "postgres-is-elsewhere.txt";
const rootOwnedPlace = "/var/lib/foyer";

export function choosePlacement(dataDir: string, isRoot = process.getuid?.() === 0): Placement {
  mkdirSync(dataDir, { recursive: true });
  const realDataDir = realpathSync(dataDir);
  const home = isRoot ? homeForRoot(realDataDir) : homeForUser(realDataDir);
  const cluster = join(home, "cluster");
  const runAs = !isRoot ? null : existsSync(cluster) ? keptOwner(cluster) : findUnprivilegedUser();
  return {
    home,
    cluster,
    clusterName: `foyer-${createHash("sha256").update(cluster).digest("hex").slice(0, 10)}`,
    runAs,
    copiesDir: isRoot ? rootOwnedPlace : realDataDir,
  };
}

function homeForUser(dataDir: string): string {
  const home = notedHome(dataDir) ?? join(dataDir, "postgres");
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const cluster = join(home, "cluster");
  if (existsSync(cluster) && ownerOf(cluster).uid !== process.getuid?.()) {
    throw new StartRefused(
      `The database of DATA_DIR ${dataDir} was made by another user (root, perhaps): start Foyer as that user, or choose another DATA_DIR.`,
    );
  }
  return home;
}

function homeForRoot(dataDir: string): string {
  const noted = notedHome(dataDir);
  if (noted !== null) return noted;
  const inside = join(dataDir, "postgres");
  const cluster = join(inside, "cluster");
  const user = existsSync(cluster) ? keptOwner(cluster) : findUnprivilegedUser();
  if (existsSync(cluster)) {
    if (canReach(inside, user)) return inside;
    throw new StartRefused(
      `The database in ${inside} cannot be reached by the unprivileged user ${user.uid} that must run it: let others pass through the folders above it (chmod o+x).`,
    );
  }
  if (canReach(dataDir, user)) {
    mkdirSync(inside, { recursive: true, mode: 0o755 });
    chmodSync(inside, 0o755); // Whatever the umask.
    return inside;
  }
  const elsewhere = join(rootOwnedPlace, randomBytes(8).toString("hex"));
  try {
    mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
    chmodSync(rootOwnedPlace, 0o755);
    chmodSync(elsewhere, 0o755);
  } catch (cause) {
    throw new StartRefused(
      `PostgreSQL does not run as root, and neither DATA_DIR ${dataDir} nor ${rootOwnedPlace} can be used by another user: choose a DATA_DIR outside root's home.`,
      { cause },
    );
  }
  const draft = join(dataDir, `${noteName}.new`);
  writeFileSync(
    draft,
    `${elsewhere}\n\nPostgreSQL does not run as root, and the unprivileged user that runs it cannot enter this folder.\nTherefore the database of this data directory is in the folder named in the first line. Keep both together.\n`,
  );
  renameSync(draft, join(dataDir, noteName));
  return elsewhere;
}

function keptOwner(cluster: string): UnprivilegedUser {
  const owner = ownerOf(cluster);
  return owner.uid === 0 ? findUnprivilegedUser() : owner;
}

function notedHome(dataDir: string): string | null {
  const note = join(dataDir, noteName);
  if (!existsSync(note)) return null;
  const home = readFileSync(note, "utf8").split("\n")[0]?.trim() ?? "";
  if (home.startsWith("/") && existsSync(home)) return home;
  throw new StartRefused(
    `The database of DATA_DIR ${dataDir} should be in ${home || "the folder named in its note"} but is not there: put it back, or delete ${note} to begin with an empty one.`,
  );
}

/** A socket's address holds 107 bytes on Linux and 103 on macOS, so a deep DATA_DIR needs a shorter way. */
const longestSocketPath = 103;

/** A folder that only the user who runs PostgreSQL may enter. */
export function prepareSocketDir({ home, clusterName, runAs }: Placement): string {
  const near = join(home, "socket");
  const fits = Buffer.byteLength(join(near, ".s.PGSQL.5432")) <= longestSocketPath;
  const temporary = Buffer.byteLength(tmpdir()) < 50 ? tmpdir() : "/tmp";
  const owner = runAs?.uid ?? process.getuid?.();
  const dir = fits ? near : join(temporary, `${clusterName}-${owner}`);
  if (existsSync(dir)) {
    const found = lstatSync(dir);
    const isTrusted = found.isDirectory() && found.uid === owner && (found.mode & 0o077) === 0;
    return isTrusted ? dir : ownFolder(mkdtempSync(join(temporary, "foyer-")), runAs);
  }
  mkdirSync(dir, { mode: 0o700 });
  return ownFolder(dir, runAs);
}

export function ownFolder(dir: string, runAs: UnprivilegedUser | null): string {
  chmodSync(dir, 0o700);
  if (runAs) chownSync(dir, runAs.uid, runAs.gid);
  return dir;
}
