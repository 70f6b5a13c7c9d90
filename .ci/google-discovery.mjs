import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Where the tests look. */
const folder = fileURLToPath(new URL("../node_modules/.cache/google-discovery", import.meta.url));

/** Google's description of its calendar in packages of Debian: which of them has one depends on Debian's release. */
const sources = {
  "python3-googleapi":
    "usr/lib/python3/dist-packages/googleapiclient/discovery_cache/documents/calendar.v3.json",
  "golang-google-api-dev": "usr/share/gocode/src/google.golang.org/api/calendar/v3/calendar-gen.go",
};

/**
 * Google's own description of its calendar, against which the tests hold what we send: the one that is there; else it is taken
 * out of a package. Null when that cannot be: the tests say so in their names.
 */
export function findGoogleDiscovery() {
  const found = Object.values(sources)
    .map((path) => join(folder, basename(path)))
    .find((path) => existsSync(path));
  return found ?? takeFromPackages();
}

function takeFromPackages() {
  if (spawnSync("apt-get", ["--version"]).status !== 0) return null;
  console.log("Taking Google's description of its calendar from a package ...");
  const work = mkdtempSync(join(tmpdir(), "foyer-google-"));
  try {
    for (const [name, path] of Object.entries(sources)) {
      const options = { cwd: work, timeout: 120_000, stdio: ["ignore", "ignore", "ignore"] };
      spawnSync("apt-get", ["download", name], options);
      const archive = readdirSync(work).find((file) => file.startsWith(`${name}_`));
      if (archive === undefined) continue;
      spawnSync("dpkg-deb", ["-x", archive, name], options);
      const unpacked = join(work, name, path);
      if (!existsSync(unpacked)) continue;
      mkdirSync(folder, { recursive: true });
      const target = join(folder, basename(path));
      copyFileSync(unpacked, target);
      return target;
    }
    return null;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
