import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  type GoogleSimulator,
  openGoogleSimulator,
} from "../../server/calendars/google/testing-simulator.ts";
import { type OAuthSimulator, openOAuthSimulator } from "../../server/connections/testing-oauth.ts";
import { newPerson, openBrowser, picture, signIn } from "../driving/browser.ts";
import { type RunningFoyer, startFoyer } from "../driving/running-foyer.ts";

// From an admin who registers at Google to a rep whose calendar is connected and chosen, over the pages of a provider.

const account = { id: "1001", email: "desmond@team.example", name: "Desmond Okoro" };
const other = { id: "1002", email: "private@post.example", name: "D. O." };

let browser: Browser;
let google: GoogleSimulator;
let oauth: OAuthSimulator;
let foyer: RunningFoyer;
const redirectUrls: string[] = [];

beforeAll(async () => {
  [browser, google] = await Promise.all([openBrowser(), openGoogleSimulator({ zone: "Europe/London" })]);
  google.calendar(account.email);
  google.addCalendar(account.email, "showroom@team.example", "Showroom visits");
  oauth = await openOAuthSimulator({
    kind: "google",
    redirectUrls,
    accounts: [account, other],
    // The calendars behind the tokens.
    api: async ({ method, path, body, account: { email } }) => {
      const answer = await fetch(`${google.url}${path}`, {
        method,
        headers: { authorization: `Bearer ${email}`, "content-type": "application/json" },
        ...(body === "" ? {} : { body }),
      });
      const text = await answer.text();
      return { status: answer.status, ...(text === "" ? { text } : { json: JSON.parse(text) }) };
    },
  });
  foyer = await startFoyer(oauth.settings());
  redirectUrls.push(`${foyer.url}/connect/callback`);
});
afterAll(async () => {
  await foyer.close();
  await Promise.all([browser.close(), oauth.close(), google.close()]);
});

/** Chooses an account at the provider and allows all but `leaveOut`. */
async function consent(page: Page, email: string, leaveOut = ""): Promise<void> {
  await page.getByRole("button", { name: email }).click();
  if (leaveOut !== "") await page.getByRole("checkbox", { name: leaveOut }).uncheck();
  await page.getByRole("button", { name: "Allow" }).click();
}

it("an admin registers at Google and tests it; a rep connects, chooses calendars, and the checklist knows", async () => {
  const rep = await newPerson(browser);
  await signIn(rep.page, foyer.url, "Desmond");
  await rep.page.goto(`${foyer.url}/console/me/calendars`);
  await rep.page.getByText("Your admin has to set up Google first.").waitFor();
  await picture(rep.page, "calendar-1-not-set-up");

  const admin = await newPerson(browser);
  const { page } = admin;
  await signIn(page, foyer.url, "Imogen");
  await page.goto(`${foyer.url}/console/settings/integrations`);
  await page.getByRole("button", { name: /^Google/ }).click();
  expect(await page.locator(".copy-value").first().textContent()).toBe(redirectUrls[0]);
  await page.getByLabel("Client ID").fill(oauth.clientId);
  await page.getByLabel("Client secret").fill("not the one");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Google is saved.").waitFor();
  await page.getByRole("button", { name: "Test now" }).click();
  await page.getByText("does not take this client ID with this secret").waitFor();
  await picture(page, "calendar-2-wrong-secret");
  await page.getByLabel("Client secret").fill(oauth.clientSecret);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("A secret is kept.").waitFor();
  await page.getByRole("button", { name: "Test now" }).click();
  await page.getByText("It works: the provider knows").waitFor();
  expect(await page.content()).not.toContain(oauth.clientSecret);
  await picture(page, "calendar-3-tested");

  // The checklist leads there, over the provider's own pages.
  await rep.page.goto(`${foyer.url}/console/setup`);
  await rep.page.getByRole("button", { name: "Connect a calendar" }).click();
  await rep.page.getByRole("button", { name: /Google Calendar/ }).click();
  await consent(rep.page, account.email, "calendar.freebusy");
  await rep.page.getByText("Connected, but a permission is missing.").waitFor();
  expect(new URL(rep.page.url()).search).toBe("");
  await rep.page.getByText("Foyer may not see when you are busy.").waitFor();
  await picture(rep.page, "calendar-4-partial");
  await rep.page.getByRole("button", { name: "Give permission" }).click();
  await consent(rep.page, account.email);
  await rep.page.getByText("Look below whether the right calendars are ticked.").waitFor();
  await rep.page.getByRole("checkbox", { name: "Showroom visits" }).check();
  await rep.page.getByRole("radio", { name: "Showroom visits" }).check();
  // Desmond is in New York, his mailbox is not; he says that this is right.
  await rep.page.getByText("Your mailbox is in London, your profile in New York").waitFor();
  await picture(rep.page, "calendar-5-zones");
  await rep.page.getByRole("button", { name: "Keep New York" }).click();
  await rep.page.getByText("Works: last read").waitFor();
  await rep.page.reload();
  await rep.page.getByRole("checkbox", { name: "Showroom visits" }).waitFor();
  expect(await rep.page.getByRole("checkbox", { name: "Showroom visits" }).isChecked()).toBe(true);
  expect(await rep.page.getByRole("radio", { name: "Showroom visits" }).isChecked()).toBe(true);
  await picture(rep.page, "calendar-5-chosen");
  await rep.page.goto(`${foyer.url}/console/setup`);
  await rep.page.locator(".set-up-done", { hasText: "Your calendar" }).waitFor();
  await picture(rep.page, "calendar-6-checklist");

  // Google Meet is there now that a Google calendar receives meetings; a scheduler's page is no room.
  await rep.page.goto(`${foyer.url}/console/me/meeting-details`);
  await rep.page.getByRole("radio", { name: /My own link/ }).check();
  await rep.page.getByLabel("Address of your room").fill("https://calendly.com/desmond/30min");
  await rep.page.getByRole("button", { name: "Save" }).click();
  await rep.page.getByText("This is a booking page, not a meeting room").waitFor();
  await picture(rep.page, "calendar-7-scheduler");
  await rep.page.getByRole("radio", { name: /Google Meet/ }).check();
  await rep.page.getByRole("button", { name: "Save" }).click();
  await rep.page.getByText("Saved", { exact: true }).waitFor();
  await picture(rep.page, "calendar-8-meet");

  // A second account: first no, then given back again.
  await rep.page.goto(`${foyer.url}/console/me/calendars`);
  await rep.page.getByRole("button", { name: /Google Calendar/ }).click();
  await rep.page.getByRole("button", { name: other.email }).click();
  await rep.page.getByRole("button", { name: "Cancel" }).click();
  await rep.page.getByText("You said no at the provider.").waitFor();
  expect(await rep.page.getByRole("heading", { name: other.email }).count()).toBe(0);
  // What was said of the zones still counts.
  await rep.page.getByText("Works: last read").waitFor();
  await picture(rep.page, "calendar-9-denied");
  await rep.page.getByRole("button", { name: "Disconnect" }).click();
  await rep.page.getByText("Its appointments no longer keep anybody from booking you.").waitFor();
  await picture(rep.page, "calendar-10-disconnect");
  await rep.page.getByRole("dialog").getByRole("button", { name: "Disconnect" }).click();
  await rep.page.getByText("No calendar is connected").waitFor();
  await expect.poll(() => oauth.seen.revoked).toEqual([account.email]);
  // A browser complains of the 401 by which the console learns that nobody is signed in, and of the link that was refused.
  expect([...admin.complaints, ...rep.complaints].filter((each) => !/40[01]/.test(each))).toEqual([]);
});

it("a calendar server is refused in words where its address or its name is not right", async () => {
  const { page } = await newPerson(browser, { width: 390, height: 844 });
  await signIn(page, foyer.url, "Arjun");
  await page.goto(`${foyer.url}/console/me/calendars`);
  await page.getByRole("button", { name: /Another calendar/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("User").fill("arjun");
  await dialog.getByLabel("App password").fill("an app password");
  await dialog.getByLabel("Server or e-mail address").fill("http://dav.post.example");
  await dialog.getByRole("button", { name: "Connect", exact: true }).click();
  await dialog.getByText("Foyer sends passwords over https only.").waitFor();
  await dialog.getByLabel("Server or e-mail address").fill("https://127.0.0.1");
  await dialog.getByRole("button", { name: "Connect", exact: true }).click();
  await dialog.getByText("This server is in a private network").waitFor();
  expect(await dialog.getByLabel("App password").inputValue()).toBe("an app password");
  await picture(page, "calendar-14-caldav-phone");
});

it("access that ends at the provider is told to the rep and the admin, and connecting again mends it", async () => {
  const rep = await newPerson(browser, { width: 390, height: 844 });
  await signIn(rep.page, foyer.url, "Zoë");
  await rep.page.goto(`${foyer.url}/console/me/calendars`);
  await rep.page.getByRole("button", { name: /Google Calendar/ }).click();
  await consent(rep.page, account.email);
  await rep.page.getByRole("button", { name: "Use London" }).click();
  await rep.page.getByText("Works: last read").waitFor();
  await picture(rep.page, "calendar-11-phone");

  oauth.endConsents();
  google.addCalendar(account.email, "later@team.example", "Later");
  const id = await rep.page.evaluate(async () => {
    const answer = await fetch("/api/connections");
    return ((await answer.json()) as { connections: { id: string }[] }).connections[0]?.id;
  });
  // As the worker does within a few minutes.
  await rep.page.evaluate(async (connectionId) => {
    await fetch(`/api/connections/${connectionId}/check`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });
  }, id);
  await rep.page.getByText("Google does not let Foyer in any more").waitFor();
  await picture(rep.page, "calendar-12-ended-phone");

  const admin = await newPerson(browser, { colorScheme: "dark" });
  await signIn(admin.page, foyer.url, "Imogen");
  await admin.page.getByText("1 person needs help").waitFor({ state: "attached" });
  await admin.page.goto(`${foyer.url}/console/settings/integrations`);
  await admin.page.getByText("An account has to be connected again").waitFor();
  await picture(admin.page, "calendar-13-doctor-dark");

  await rep.page.getByRole("button", { name: "Connect again" }).click();
  await consent(rep.page, account.email);
  await rep.page.getByText("Works: last read").waitFor();
  await admin.page.getByRole("button", { name: "Look again" }).click();
  await admin.page.getByText("An account has to be connected again").waitFor({ state: "detached" });
});
