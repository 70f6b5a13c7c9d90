import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  basicAuth,
  type CalDavServer,
  endProgram,
  freePorts,
  startProgram,
  testAccounts,
} from "./testing-server.ts";

// Radicale, with a configuration of its own in a folder of its own. `.ci/judges.mjs` installs it.

/** Debian's own, which knows Debian's packages. */
const python = "/usr/bin/python3";

export function hasRadicale(): boolean {
  return existsSync(python) && spawnSync(python, ["-c", "import radicale, passlib"]).status === 0;
}

export async function openRadicale(): Promise<CalDavServer> {
  const folder = mkdtempSync(join(tmpdir(), "foyer-radicale-"));
  const [port = 0] = await freePorts(1);
  writeFileSync(
    join(folder, "users"),
    testAccounts.map(({ username, password }) => `${username}:${password}\n`).join(""),
  );
  writeFileSync(
    join(folder, "config"),
    `[server]
hosts = 127.0.0.1:${port}
[auth]
type = htpasswd
htpasswd_filename = ${folder}/users
htpasswd_encryption = plain
delay = 0
[storage]
filesystem_folder = ${folder}/collections
[web]
type = none
`,
  );
  const url = `http://127.0.0.1:${port}`;
  const server = await startProgram([python, "-m", "radicale", "--config", join(folder, "config")], {
    isUp: async () => (await fetch(url, { method: "OPTIONS" })).status < 500,
  });
  const accounts = testAccounts.map((account) => ({ ...account, home: `${url}/${account.username}/` }));
  // Asking for it makes the home.
  for (const account of accounts)
    await fetch(account.home, {
      method: "PROPFIND",
      headers: { authorization: basicAuth(account), depth: "0" },
    });
  return {
    url,
    accounts,
    mails: () => "",
    async close() {
      await endProgram(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
