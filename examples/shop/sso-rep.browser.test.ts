import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { Browser } from "playwright";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openOidcProvider, type TestIdp } from "../../server/accounts/sso/test-oidc-provider.ts";
import { startEmbeddedPostgres } from "../../server/db/embedded/start-embedded-postgres.ts";
import { createLog } from "../../server/log.ts";
import { newPerson, openBrowser, picture, signIn, widgetFrame } from "../driving/browser.ts";
import { type RunningFoyer, startFoyer } from "../driving/running-foyer.ts";

// From an admin who sets single sign-on up to somebody of the company who comes in without a password or an invitation.

let browser: Browser;
let postgres: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
let database: pg.Client;
const folder = mkdtempSync(join(tmpdir(), "foyer-sso-"));
chmodSync(folder, 0o755); // As root PostgreSQL runs as another user, who must pass.
let foyer: RunningFoyer;
let idp: TestIdp | null = null;

beforeAll(async () => {
  const log = createLog({ level: "silent", part: "test" });
  [browser, postgres] = await Promise.all([openBrowser(), startEmbeddedPostgres({ dataDir: folder, log })]);
  database = new pg.Client(postgres.url);
  await database.connect();
  foyer = await startFoyer({
    DATABASE_URL: postgres.url,
    SECRET_KEY: "a key of the tests, long enough to count",
    DEMO: "on",
    ALLOW_PRIVATE_HOSTS: "on",
  });
});
afterAll(async () => {
  await foyer.close();
  await idp?.close();
  await browser.close();
  await database.end();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

it("an admin sets single sign-on up, tries it and switches it on; a colleague then comes in by it", async () => {
  const admin = await newPerson(browser);
  const { page } = admin;
  await signIn(page, foyer.url, "Imogen");
  await page.goto(`${foyer.url}/console/settings/sign-in`);
  await page.getByText("No provider yet").waitFor();
  await picture(page, "sso-1-empty");

  await page.getByLabel("Domain", { exact: true }).fill("brightdesk.example");
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await page.getByText("_foyer.brightdesk.example").waitFor();
  await page.getByRole("button", { name: "Check now" }).click();
  await page.getByText("There is no DNS record yet").or(page.getByText("Nothing was found yet")).waitFor();
  await picture(page, "sso-2-domain");
  // The record is there now, as far as this test goes: it has no DNS of its own.
  await database.query("update domains set proven_at = foyer_now(), proven_by = 'dns'");

  await page.getByRole("button", { name: "Add a provider" }).click();
  await page.getByPlaceholder("Acme sign-in").fill("Brightdesk");
  await picture(page, "sso-3-add");
  await page.getByRole("button", { name: "Go on" }).click();
  const redirectUrl = await page.locator(".copy-value", { hasText: "/sso/oidc/" }).textContent();
  idp = await openOidcProvider([redirectUrl ?? ""]);
  idp.person = {
    sub: "directory-entry-118",
    email: "noor@brightdesk.example",
    email_verified: true,
    given_name: "Noor",
    family_name: "Haddad",
  };
  await page.getByLabel("Issuer").fill(idp.issuer);
  await page.getByLabel("Client id").fill(idp.clientId);
  await page.getByLabel("Client secret").fill(idp.secret);
  await picture(page, "sso-4-guide");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Saved.").first().waitFor();
  await page.reload();
  await page.getByRole("button", { name: /Brightdesk/ }).click();
  await page.getByRole("button", { name: "Try it now" }).click();
  await page.getByText("It works. This is what came back about you:").waitFor();
  await page.getByText("noor@brightdesk.example").first().waitFor();
  await picture(page, "sso-5-tried");
  await page.getByRole("switch", { name: "This provider is on" }).click();
  await page.getByText("Switched on.").waitFor();
  await page.getByRole("button", { name: "All of sign-in" }).click();
  await page.getByText("Admins who keep their password").waitFor();
  await picture(page, "sso-6-on");
  // Whom it leaves outside is said before passwords are switched off; here they stay on.
  await page.getByRole("checkbox", { name: /Imogen/ }).check();
  await page.getByRole("button", { name: "Switch passwords off" }).click();
  await page.getByText(/could not come back in/).waitFor();
  await picture(page, "sso-6-sure");
  await page.getByRole("button", { name: "Keep passwords" }).click();

  const rep = await newPerson(browser, { width: 390, height: 844 });
  await rep.page.goto(`${foyer.url}/console`);
  await rep.page.getByLabel("E-mail").fill("noor@brightdesk.example");
  await rep.page.getByRole("button", { name: "Continue with Brightdesk" }).waitFor();
  await picture(rep.page, "sso-7-sign-in");
  await rep.page.getByRole("button", { name: "Continue with Brightdesk" }).click();
  await rep.page.locator(".shell").waitFor({ timeout: 30_000 });
  await picture(rep.page, "sso-8-in");
  const { rows } = await database.query(
    "select first_name, role, password_hash from members where email = 'noor@brightdesk.example'",
  );
  expect(rows).toEqual([{ first_name: "Noor", role: "rep", password_hash: null }]);

  // A face, the profile confirmed, and visitors are answered by somebody who never had a password.
  await rep.page.goto(`${foyer.url}/console/me/profile`);
  const face = sharp({ create: { width: 640, height: 640, channels: 3, background: "#7a9e87" } });
  const file = { name: "noor.png", mimeType: "image/png", buffer: await face.png().toBuffer() };
  await rep.page.locator('input[type="file"]').setInputFiles(file);
  await rep.page.getByRole("button", { name: "Use this photo" }).click();
  await rep.page.getByRole("dialog").waitFor({ state: "hidden" });
  await rep.page.getByLabel("Job title").fill("Lighting planner");
  await rep.page.getByRole("button", { name: "Save and confirm" }).click();
  await rep.page.getByText("Saved", { exact: true }).waitFor();
  const visitor = await newPerson(browser);
  await visitor.page.goto(foyer.shopUrl);
  await visitor.page.getByRole("button", { name: /chat with us/i }).click();
  const chat = widgetFrame(visitor.page);
  await chat.getByRole("textbox", { name: /message/i }).fill("Is there a lamp in the Solo?");
  await chat.getByRole("textbox", { name: /message/i }).press("Enter");
  await rep.page.getByRole("button", { name: /^accept/i }).click();
  await chat.getByText("Noor joined").first().waitFor();
  await picture(rep.page, "sso-8-chat");

  const strange = await newPerson(browser, { colorScheme: "dark" });
  await strange.page.goto(`${foyer.url}/console#sso=no_account`);
  await strange.page.getByText("You cannot be signed in with this account.").waitFor();
  await picture(strange.page, "sso-9-refused-dark");
  // A browser complains of the 401 by which the console learns that nobody is signed in.
  expect([...admin.complaints, ...rep.complaints].filter((each) => !each.includes("401"))).toEqual([]);

  if (process.env.SCREENSHOTS === undefined) return;
  for (const [name, options] of [
    ["phone", { width: 390, height: 844 }],
    ["dark", { colorScheme: "dark" as const }],
  ] as const) {
    const looker = await newPerson(browser, options);
    await looker.page.goto(`${foyer.url}/console`);
    await looker.page.getByRole("button", { name: /Imogen/ }).click();
    await looker.page.locator(".shell").waitFor();
    await looker.page.goto(`${foyer.url}/console/settings/sign-in`);
    await looker.page.getByText("Admins who keep their password").waitFor();
    await picture(looker.page, `sso-all-${name}`);
    await looker.page.getByRole("button", { name: /Brightdesk/ }).click();
    await looker.page.getByText("Tell your provider about Foyer").waitFor();
    await picture(looker.page, `sso-guide-${name}`);
    await looker.page.getByText("Switch it on").scrollIntoViewIfNeeded();
    await picture(looker.page, `sso-guide-end-${name}`);
  }
});
