import { spawnSync } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";

// Programs that are not ours and judge what we send: calendar servers, readers of invitations, a filter of mails. Each is a
// package of Debian. Tests that need one which is not there skip, and say so in their names.

/** Debian's own Python: another one that comes first on the PATH does not see these packages. */
const python = "/usr/bin/python3";

const judges = [
  { name: "Cyrus", packages: ["cyrus-caldav", "cyrus-imapd", "sasl2-bin"], isThere: hasCyrus },
  { name: "Radicale", packages: ["radicale"], isThere: () => imports("radicale, passlib") },
  { name: "libical", packages: ["libical3", "python3"], isThere: hasLibical },
  { name: "icalendar", packages: ["python3-icalendar"], isThere: () => imports("icalendar, dateutil") },
  { name: "SpamAssassin", packages: ["spamassassin"], isThere: () => existsSync("/usr/bin/spamassassin") },
  {
    name: "Google's descriptions",
    packages: ["python3-googleapi"],
    isThere: () => imports("googleapiclient"),
  },
  { name: "aiosmtpd", packages: ["python3-aiosmtpd"], isThere: () => imports("aiosmtpd") },
];

/** Which judges are there and which are not, after installing those that can be. */
export function findJudges() {
  const missing = judges.filter(({ isThere }) => !isThere());
  if (missing.length > 0) installByApt(missing);
  return {
    there: judges.filter(({ isThere }) => isThere()).map(({ name }) => name),
    missing: missing.filter(({ isThere }) => !isThere()).map(({ name }) => name),
  };
}

function hasCyrus() {
  return ["/usr/lib/cyrus/bin/httpd", "/usr/lib/cyrus/bin/imapd", "/usr/sbin/saslpasswd2"].every((path) =>
    existsSync(path),
  );
}

function hasLibical() {
  return python3("import ctypes; ctypes.CDLL('libical.so.3')");
}

function imports(modules) {
  return python3(`import ${modules}`);
}

function python3(program) {
  return spawnSync(python, ["-c", program], { stdio: "ignore" }).status === 0;
}

function installByApt(missing) {
  if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).status !== 0) return;
  console.log(`Installing ${missing.map(({ name }) => name).join(", ")} by apt-get ...`);
  const options = {
    timeout: 300_000,
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  };
  // The tests start their own servers; the packages shall start none.
  const policy = "/usr/sbin/policy-rc.d";
  const isOurs = !existsSync(policy);
  if (isOurs) writeFileSync(policy, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    spawnSync("apt-get", ["update"], options);
    const packages = missing.flatMap((judge) => judge.packages);
    spawnSync("apt-get", ["install", "-y", "--no-install-recommends", ...packages], options);
  } finally {
    if (isOurs) rmSync(policy, { force: true });
  }
}
