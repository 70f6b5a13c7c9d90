import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { type CalDavServer, endProgram, freePorts, startProgram, testAccounts } from "./testing-server.ts";

// Cyrus, with a configuration of its own in a folder of its own. `.ci/judges.mjs` installs it.

const programs = {
  master: "/usr/sbin/cyrmaster",
  imapd: "/usr/lib/cyrus/bin/imapd",
  httpd: "/usr/lib/cyrus/bin/httpd",
  recover: "/usr/lib/cyrus/bin/ctl_cyrusdb",
  savePassword: "/usr/sbin/saslpasswd2",
};

export function hasCyrus(): boolean {
  return Object.values(programs).every((path) => existsSync(path));
}

/** It schedules (RFC 6638): what it wants to mail lands in a file. */
export async function openCyrus(): Promise<CalDavServer> {
  const folder = mkdtempSync(join(tmpdir(), "foyer-cyrus-"));
  const [imap = 0, http = 0] = await freePorts(2);
  // It refuses to be root, and the package's own user is nobody's but its.
  const user = process.getuid?.() === 0 ? "cyrus" : userInfo().username;
  for (const name of ["conf", "spool", "run", "sieve"]) mkdirSync(join(folder, name));
  const file = (name: string) => join(folder, name);
  const config = file("imapd.conf");
  writeFileSync(config, settings(folder, user));
  writeFileSync(file("cyrus.conf"), services(config, imap, http));
  writeFileSync(file("sendmail"), sendmail(file("mails")));
  chmodSync(file("sendmail"), 0o755);
  for (const { username, password } of testAccounts)
    spawnSync(programs.savePassword, ["-p", "-c", "-f", file("sasldb2"), "-u", "localhost", username], {
      input: password,
    });
  if (user === "cyrus") spawnSync("chown", ["-R", "cyrus", folder]);
  const url = `http://127.0.0.1:${http}`;
  const server = await startProgram(
    [programs.master, "-C", config, "-M", file("cyrus.conf"), "-p", file("run/master.pid")],
    { isUp: async () => (await fetch(url, { method: "OPTIONS" })).ok },
  );
  // Signing in to their mail makes a user's mailbox, and with it a calendar home.
  for (const { username, password } of testAccounts) await signInToMail(imap, username, password);
  return {
    url,
    accounts: testAccounts.map((account) => ({
      ...account,
      home: `${url}/dav/calendars/user/${account.username}/`,
    })),
    mails: () => (existsSync(file("mails")) ? readFileSync(file("mails"), "utf8") : ""),
    async close() {
      await endProgram(server);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function settings(folder: string, user: string): string {
  const lines = {
    configdirectory: `${folder}/conf`,
    defaultpartition: "default",
    "partition-default": `${folder}/spool`,
    sievedir: `${folder}/sieve`,
    proc_path: `${folder}/run/proc`,
    mboxname_lockpath: `${folder}/run/lock`,
    idlesocket: `${folder}/run/idle`,
    notifysocket: `${folder}/run/notify`,
    cyrus_user: user,
    servername: "localhost",
    allowplaintext: "yes",
    sasl_pwcheck_method: "auxprop",
    sasl_auxprop_plugin: "sasldb",
    sasl_sasldb_path: `${folder}/sasldb2`,
    sasl_mech_list: "PLAIN LOGIN",
    autocreate_quota: "0",
    autocreate_users: "anyone",
    httpmodules: "caldav",
    caldav_realm: "Cyrus",
    calendar_user_address_set: "northwind.example",
    sendmail: `${folder}/sendmail`,
    unixhierarchysep: "yes",
    altnamespace: "yes",
    // A test machine's disk may forget what it likes.
    skiplist_unsafe: "yes",
  };
  return Object.entries(lines)
    .map(([name, value]) => `${name}: ${value}\n`)
    .join("");
}

function services(config: string, imap: number, http: number): string {
  return `START {
  recover cmd="${programs.recover} -C ${config} -r"
}
SERVICES {
  imap cmd="${programs.imapd} -C ${config}" listen="127.0.0.1:${imap}" prefork=0
  http cmd="${programs.httpd} -C ${config}" listen="127.0.0.1:${http}" prefork=0
}
EVENTS {
}
`;
}

/** Cyrus speaks SMTP with it. */
function sendmail(mails: string): string {
  return `#!/bin/sh
end=$(printf '.\\r')
echo "220 ready"
while read -r line; do
  echo "$line" >> ${mails}
  case "$line" in
    DATA*) echo "354 go on"
      while read -r text; do [ "$text" = "$end" ] && break; echo "$text" >> ${mails}; done
      echo "250 taken" ;;
    QUIT*) echo "221 bye"; exit ;;
    *) echo "250 fine" ;;
  esac
done
`;
}

function signInToMail(port: number, username: string, password: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(`a LOGIN ${username} ${password}\r\nb LOGOUT\r\n`);
    });
    let answer = "";
    socket.setEncoding("utf8").on("data", (text: string) => {
      answer += text;
    });
    socket.once("error", reject);
    socket.once("close", () =>
      answer.includes("a OK") ? resolve() : reject(new Error(`Cyrus lets nobody in: ${answer}`)),
    );
  });
}
