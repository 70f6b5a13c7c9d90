import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectDatabase, type DatabaseConnection } from "../../db/connect.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "../../db/embedded/start-embedded-postgres.ts";
import { migrate } from "../../db/migrate.ts";
import { migrations } from "../../db/migrations/all.ts";
import { createLog } from "../../log.ts";
import { bundleProgram, type RunningProgram, startProgram } from "../../promises/test-program.ts";
import { freePort, testSecretKey } from "../../promises/test-web.ts";
import { Company, endOf, type House, TestBrowser, whoIs } from "./test-company.ts";
import { openOidcProvider } from "./test-oidc-provider.ts";
import { openOwnSigner } from "./test-own-signer.ts";

// Against the program as it is shipped: the build leaves parts of packages out, which no test of the sources would miss.

const log = createLog({ level: "silent", part: "test" });
let dataDir: string;
let postgres: EmbeddedPostgres;
let database: DatabaseConnection;
let program: string;
let server: RunningProgram;
let house: House;

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), "foyer-sso-"));
  chmodSync(dataDir, 0o755); // As root PostgreSQL runs as another user, who must pass.
  [postgres, program] = await Promise.all([startEmbeddedPostgres({ dataDir, log }), bundleProgram()]);
  database = connectDatabase({ url: postgres.url, log, poolSize: 4, name: "test" });
  await migrate(database.pool, migrations, log);
  const env = {
    ROLE: "web",
    DATABASE_URL: postgres.url,
    SECRET_KEY: testSecretKey,
    ALLOW_PRIVATE_HOSTS: "on",
  };
  server = await startProgram({ program, port: await freePort(), env });
  const close = () => server.stop();
  house = {
    database: { ...database, url: postgres.url },
    web: { url: server.url, close },
    txt: new Map(),
    close,
  };
});
afterAll(async () => {
  await server.stop();
  await database.close();
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
  rmSync(dirname(program), { recursive: true, force: true });
});

const isConsole = (url: URL) => url.pathname.startsWith("/console");

/** A company with a domain; the program asks the real DNS, so the proof is written down here. */
async function openCompany(domain: string): Promise<Company> {
  const company = await Company.open(house, "Quiet Rooms");
  await company.ok("POST /api/sso/domains", { domain });
  await database.pool.query(
    "update domains set proven_at = foyer_now(), proven_by = 'dns' where domain = $1",
    [domain],
  );
  return company;
}

describe("the bundled program", () => {
  it("signs in by SAML, from the first try of an admin on", async () => {
    const company = await openCompany("saml.example");
    const idp = openOwnSigner();
    const draft = await company.draft("saml");
    if ("redirectUrl" in draft.ours) throw new Error("not SAML");
    idp.knows([{ entityId: draft.ours.entityId, acsUrl: draft.ours.acsUrl }]);
    idp.person({ uid: "ada-1", mail: "ada@saml.example", givenName: "Ada", sn: "Osei", groups: ["sales"] });
    const { id } = await company.save(draft, {
      saml: { entityId: idp.entityId, signInUrl: idp.signInUrl, certificates: [idp.keys.certificate] },
    });
    const hand = async (browser: TestBrowser, there: URL) => {
      const { action, ...form } = await idp.answer(there);
      return endOf((await browser.follow(action, isConsole, { form, from: "https://idp.example" })).url);
    };
    const { url } = await company.ok("POST /api/sso/providers/:id/verify", {}, id);
    await hand(company.browser, new URL(url));
    expect((await company.provider(id)).lastRun).toMatchObject({ problems: [], told: { subject: "ada-1" } });
    await company.ok("POST /api/sso/providers/:id/turn", { isOn: true }, id);
    const browser = new TestBrowser();
    expect(await hand(browser, await company.start(browser, id))).toBe("/console");
    expect(await whoIs(browser, house)).toMatchObject({ email: "ada@saml.example" });
  });

  it("signs in by OpenID Connect", async () => {
    const company = await openCompany("oidc.example");
    const draft = await company.draft("oidc");
    const idp = await openOidcProvider(["redirectUrl" in draft.ours ? draft.ours.redirectUrl : ""]);
    try {
      idp.person = { sub: "ada-1", email: "ada@oidc.example", email_verified: true };
      const oidc = { issuer: idp.issuer, clientId: idp.clientId };
      const { id } = await company.save(draft, { oidc, secret: idp.secret });
      const { url } = await company.ok("POST /api/sso/providers/:id/verify", {}, id);
      await company.browser.follow(url, isConsole);
      await company.ok("POST /api/sso/providers/:id/turn", { isOn: true }, id);
      const browser = new TestBrowser();
      await browser.follow(await company.start(browser, id), isConsole);
      expect(await whoIs(browser, house)).toMatchObject({ email: "ada@oidc.example" });
    } finally {
      await idp.close();
    }
  });
});
