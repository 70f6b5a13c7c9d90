import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

/** Where Debian's package puts it. */
const folder = "/usr/share/simplesamlphp";

/**
 * A SAML provider that is not ours, for the tests: the one that is installed; else it is installed. Null when that cannot
 * be: the tests then sign their own responses, and say so in their names.
 */
export function findSimpleSamlPhp() {
  return isThere() ? folder : installByApt();
}

function isThere() {
  const php = spawnSync("php", [
    "-r",
    "exit(extension_loaded('dom') && extension_loaded('openssl') ? 0 : 1);",
  ]);
  return existsSync(`${folder}/www/saml2/idp/SSOService.php`) && php.status === 0;
}

function installByApt() {
  if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).status !== 0) return null;
  console.log("Installing SimpleSAMLphp by apt-get ...");
  const options = {
    timeout: 300_000,
    stdio: ["ignore", "ignore", "inherit"],
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  };
  spawnSync("apt-get", ["update"], options);
  const packages = ["simplesamlphp", "php-cli", "php-xml"];
  spawnSync("apt-get", ["install", "-y", "--no-install-recommends", ...packages], options);
  return isThere() ? folder : null;
}
