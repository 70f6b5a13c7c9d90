import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../promises/test-web.ts";
import { makeCertificate } from "./test-certificate.ts";
import { TestBrowser } from "./test-company.ts";
import type { Posted, SamlIdp } from "./test-saml-idp.ts";

// SimpleSAMLphp as a real identity provider over loopback, driven by its own pages. `.ci/simplesamlphp.mjs` installs it.

const installed = "/usr/share/simplesamlphp";

export function hasSimpleSamlPhp(): boolean {
  return (
    existsSync(join(installed, "www/saml2/idp/SSOService.php")) &&
    spawnSync("php", ["-r", "exit(extension_loaded('dom') ? 0 : 1);"]).status === 0
  );
}

export async function openSimpleSamlPhp(): Promise<SamlIdp> {
  const folder = mkdtempSync(join(tmpdir(), "foyer-saml-"));
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const keys = makeCertificate("SimpleSAMLphp");
  const entityId = `${base}/saml2/idp/metadata.php`;
  for (const name of ["cert", "metadata", "tmp", "log"]) mkdirSync(join(folder, name));
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write("cert/idp.pem", keys.privatePem);
  write("cert/idp.crt", keys.certificate);
  write("config.php", `<?php\n$config = ${php(settings(folder, base))};\n`);
  // Read at every request: a test changes who is there by writing a file.
  write(
    "authsources.php",
    `<?php\n$config = ['static' => array_merge(['exampleauth:StaticSource'], json_decode(file_get_contents('${folder}/person.json'), true))];\n`,
  );
  write("metadata/saml20-idp-hosted.php", `<?php\n$metadata['${entityId}'] = ${php(hosted)};\n`);
  write(
    "metadata/saml20-sp-remote.php",
    `<?php\n$metadata = json_decode(file_get_contents('${folder}/apps.json'), true);\n`,
  );
  write("person.json", "{}");
  write("apps.json", "{}");
  const server = spawn(
    "php",
    [
      ...["-d", `session.save_path=${folder}/tmp`, "-d", "opcache.enable_cli=0", "-d", "display_errors=0"],
      ...["-S", `127.0.0.1:${port}`, "-t", join(installed, "www")],
    ],
    {
      stdio: "ignore",
      env: { ...process.env, SIMPLESAMLPHP_CONFIG_DIR: folder, PHP_CLI_SERVER_WORKERS: "1" },
    },
  );
  await listening(server, base);

  async function formAt(url: URL): Promise<Posted> {
    const { response } = await new TestBrowser().follow(url);
    const page = (await response?.text()) ?? "";
    const field = (name: string) =>
      unescapeHtml(new RegExp(`name="${name}" value="([^"]*)"`).exec(page)?.[1] ?? "");
    const action = unescapeHtml(/<form [^>]*action="([^"]*)"/.exec(page)?.[1] ?? "");
    const SAMLResponse = field("SAMLResponse");
    if (SAMLResponse === "") throw new Error(`no answer at ${url.pathname}: ${page.slice(0, 500)}`);
    const RelayState = field("RelayState");
    return { action, SAMLResponse, ...(RelayState === "" ? {} : { RelayState }) };
  }

  return {
    entityId,
    signInUrl: `${base}/saml2/idp/SSOService.php`,
    keys,
    person: ({ uid, mail, givenName, sn, groups }) =>
      write(
        "person.json",
        JSON.stringify({ uid: [uid], mail: [mail], givenName: [givenName], sn: [sn], groups }),
      ),
    knows(apps) {
      const persistent = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent";
      const known = apps.map(({ entityId: id, acsUrl, signsResponse = true, signsAssertion = true }) => [
        id,
        {
          entityid: id,
          AssertionConsumerService: acsUrl,
          NameIDFormat: persistent,
          "saml20.sign.response": signsResponse,
          "saml20.sign.assertion": signsAssertion,
        },
      ]);
      write("apps.json", JSON.stringify(Object.fromEntries(known)));
    },
    answer: formAt,
    unasked: ({ entityId: id }) =>
      formAt(new URL(`${base}/saml2/idp/SSOService.php?spentityid=${encodeURIComponent(id)}`)),
    async close() {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGKILL");
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function settings(folder: string, base: string): object {
  return {
    baseurlpath: `${base}/`,
    certdir: `${folder}/cert/`,
    loggingdir: `${folder}/log/`,
    tempdir: `${folder}/tmp`,
    secretsalt: "a salt of the tests",
    "auth.adminpassword": "not used by any test",
    timezone: "UTC",
    "logging.handler": "file",
    "logging.level": 3,
    "enable.saml20-idp": true,
    "module.enable": { exampleauth: true },
    "store.type": "phpsession",
    "session.phpsession.savepath": `${folder}/tmp`,
    "session.cookie.secure": false,
    "session.phpsession.cookiename": "SimpleSAML",
    "metadata.sources": [{ type: "flatfile", directory: `${folder}/metadata` }],
    metadatadir: `${folder}/metadata`,
    "language.available": ["en"],
    "language.default": "en",
    usenewui: false,
  };
}

const hosted = {
  host: "__DEFAULT__",
  privatekey: "idp.pem",
  certificate: "idp.crt",
  auth: "static",
  "signature.algorithm": "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
  authproc: {
    "10": {
      class: "saml:AttributeNameID",
      attribute: "uid",
      Format: "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
    },
  },
};

/** A value as PHP writes it. */
function php(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(php).join(", ")}]`;
  if (typeof value === "object" && value !== null)
    return `[${Object.entries(value)
      .map(([key, each]) => `${/^\d+$/.test(key) ? key : `'${key}'`} => ${php(each)}`)
      .join(", ")}]`;
  return typeof value === "string" ? `'${value.replace(/['\\]/g, "\\$&")}'` : String(value);
}

async function listening(server: ChildProcess, base: string): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (server.exitCode !== null) throw new Error("php ended at once");
    const isUp = await fetch(`${base}/resources/default.css`).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error("php does not listen");
}

function unescapeHtml(text: string): string {
  const named: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"' };
  return text
    .replace(/&#(\d+);/g, (_whole, code) => String.fromCharCode(Number(code)))
    .replace(/&(amp|lt|gt|quot);/g, (_whole, name: string) => named[name] ?? "");
}
