import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import { StartRefused } from "../../start-refused.ts";
import type { Binaries } from "./binaries.ts";
import { ownFolder, type Placement } from "./placement.ts";
import type { UnprivilegedUser } from "./unprivileged-user.ts";

/** The role the program uses: an ordinary one, as with a database of one's own, so that row security binds it too. */
export const roleName = "foyer";
export const databaseName = "foyer";

/** PostgreSQL and its tools get nothing of our environment: it holds secrets. */
export const cleanEnvironment = { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };

/**
 * Makes the database files once. Everything happens in a folder aside, which takes its name only when it is
 * complete, so that a crash in the middle leaves nothing half-made.
 */
export async function ensureCluster(placement: Placement, binaries: Binaries): Promise<void> {
  const { cluster, runAs } = placement;
  if (existsSync(cluster)) {
    refuseOtherVersion(cluster, binaries.majorVersion);
    return;
  }
  const draft = `${cluster}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o700 });
  ownFolder(draft, runAs);
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const initdb = ["-D", draft, "-U", "postgres", "--auth=peer", "--no-instructions", ...locale];
  await run(binaries.initdb, initdb, { runAs, cwd: draft });
  const bootstrap = `CREATE ROLE ${roleName} LOGIN CREATEDB;\nCREATE DATABASE ${databaseName} OWNER ${roleName};\n`;
  const single = ["--single", "-D", draft, "-c", "exit_on_error=on", "-c", "lc_messages=C", "postgres"];
  await run(binaries.postgres, single, { runAs, cwd: draft, input: bootstrap });
  renameSync(draft, cluster);
}

function refuseOtherVersion(cluster: string, shipped: string): void {
  const kept = readFileSync(join(cluster, "PG_VERSION"), "utf8").trim();
  if (kept === shipped) return;
  throw new StartRefused(
    `The database in ${cluster} is of PostgreSQL ${kept} but this Foyer brings ${shipped}: start it with the Foyer that made it and move the data, or choose another DATA_DIR.`,
  );
}

export type AccessFiles = { hba: string; ident: string };

/**
 * Who may come in: over the socket only, and only the system user that runs this program. Written anew each
 * start, since that user may change (root yesterday, the same files handed to an account today).
 */
export function writeAccessFiles({ home }: Placement): AccessFiles {
  const files = { hba: join(home, "pg_hba.conf"), ident: join(home, "pg_ident.conf") };
  const user = `"${systemUser().replaceAll('"', '""')}"`;
  writeFileSync(files.hba, "local all all peer map=foyer\n", { mode: 0o644 });
  writeFileSync(files.ident, `foyer ${user} ${roleName}\nfoyer ${user} postgres\n`, { mode: 0o644 });
  return files;
}

function systemUser(): string {
  try {
    return userInfo().username;
  } catch (cause) {
    throw new StartRefused(
      `The user number ${process.getuid?.()} has no name on this system, which the built-in database needs: run as a named user, or set DATABASE_URL.`,
      { cause },
    );
  }
}

type RunOptions = { runAs: UnprivilegedUser | null; cwd: string; input?: string };

function run(program: string, args: string[], { runAs, cwd, input }: RunOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: cleanEnvironment,
      timeout: 300_000,
      killSignal: "SIGKILL",
      ...runAs,
    });
    let complaints = "";
    child.stdout.resume();
    child.stderr.on("data", (chunk: Buffer) => (complaints += chunk));
    child.stdin.on("error", () => child.kill()); // It went away before reading; its exit says why.
    child.on("error", (cause) => reject(failure(cause.message, cause)));
    child.on("close", (code) => {
      const isFine = code === 0 && !/^\S* ?(ERROR|FATAL|PANIC):/m.test(complaints);
      if (isFine) resolve();
      else reject(failure(complaints.trim().split("\n").at(-1) || `exit code ${code}`));
    });
    child.stdin.end(input ?? "");
  });

  function failure(detail: string, cause?: unknown): StartRefused {
    return new StartRefused(
      `The built-in database could not be made (${detail}): free some space or choose another DATA_DIR, or set DATABASE_URL.`,
      { cause },
    );
  }
}
