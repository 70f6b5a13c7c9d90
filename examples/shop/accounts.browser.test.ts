import type { Browser, Page } from "playwright";
import sharp from "sharp";
import { afterAll, beforeAll, expect, it } from "vitest";
import { newPerson, openBrowser, type Person, picture, signIn, widgetFrame } from "../driving/browser.ts";
import { type RunningFoyer, startFoyer } from "../driving/running-foyer.ts";

// From an invitation to "You're all set", counted in steps: a rep who then chats, and somebody who is only booked.
let foyer: RunningFoyer;
let browser: Browser;
let imogen: Person;
let nadia: Person;
let otto: Person;
let steps = 0;

/** One thing that a person does: a click, or a field filled in. */
async function step(action: Promise<unknown>) {
  steps += 1;
  await action;
}

beforeAll(async () => {
  [foyer, browser] = await Promise.all([startFoyer(), openBrowser()]);
  [imogen, nadia, otto] = await Promise.all([newPerson(browser), newPerson(browser), newPerson(browser)]);
  await signIn(imogen.page, foyer.url, "Imogen");
});
afterAll(async () => {
  await browser?.close();
  await foyer?.close();
});

/** The link behind the button of the latest mail to this address, as the mailbox shows it. */
async function linkMailedTo(address: string): Promise<string> {
  return imogen.page.evaluate(async (to) => {
    type Line = { id: string; to: string };
    const read = async (path: string) => (await fetch(path)).json();
    const { mails } = (await read("/api/mails")) as { mails: Line[] };
    const line = mails.find((mail) => mail.to.includes(to));
    if (!line) throw new Error("no mail to this address");
    const { mail } = (await read(`/api/mails/${line.id}`)) as { mail: { text: string } };
    return /https?:\S+#\S+/.exec(mail.text)?.[0] ?? "";
  }, address);
}

/** A phone makes 6000 x 8000: 48 megapixels, more than the server takes. */
function portrait(width: number, height: number): Promise<Buffer> {
  return sharp({ create: { width: 900, height: 1_200, channels: 3, background: "#b7c9d9" } })
    .composite([
      {
        input: Buffer.from(
          '<svg width="900" height="1200"><circle cx="450" cy="480" r="210" fill="#e8b892"/><rect x="190" y="720" width="520" height="480" rx="220" fill="#33506b"/></svg>',
        ),
      },
    ])
    .png()
    .toBuffer()
    .then((face) =>
      sharp(face)
        .resize(width, height)
        .withExif({ IFD0: { Artist: "somebody" } })
        .jpeg()
        .toBuffer(),
    );
}

async function joinBy(link: string, person: Person, first: string, last: string) {
  await person.page.goto(link);
  await person.page.getByRole("heading", { name: /^join/i }).waitFor();
  await step(person.page.getByLabel("First name").fill(first));
  await step(person.page.getByLabel("Last name").fill(last));
  await step(person.page.getByLabel("Choose a password", { exact: true }).fill("seven quiet lanterns"));
  await picture(person.page, `accounts-join-${first.toLowerCase()}`);
  await step(person.page.getByRole("button", { name: "Join", exact: true }).click());
  await person.page.getByRole("heading", { name: "Set up" }).waitFor();
}

async function fillProfile(page: Page, title: string, photo: Buffer) {
  await step(page.getByRole("button", { name: "Fill in the profile" }).click());
  await step(
    page.locator('input[type="file"]').setInputFiles({
      name: "me.jpg",
      mimeType: "image/jpeg",
      buffer: photo,
    }),
  );
  await page.getByRole("dialog").waitFor();
  await picture(page, "accounts-crop");
  await step(page.getByRole("button", { name: "Use this photo" }).click());
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await step(page.getByLabel("Job title").fill(title));
  await picture(page, "accounts-profile");
  await step(page.getByRole("button", { name: "Save and confirm" }).click());
  await page.getByText("Saved", { exact: true }).waitFor();
}

it("an admin invites two people at once and sees what will happen before it does", async () => {
  const { page } = imogen;
  await page.getByRole("link", { name: "Members" }).click();
  await page.getByRole("link", { name: "Invitations" }).click();
  await page.getByRole("button", { name: "Invite people" }).first().click();
  await page
    .getByLabel("E-mail addresses")
    .fill("nadia@larchwell.example, rep\notto@larchwell.example, meetings_only\nno address, rep");
  await page.getByRole("button", { name: "Preview" }).click();
  await page.getByText("Not an e-mail address").first().waitFor();
  await picture(page, "accounts-preview");
  await page.getByRole("button", { name: "Send 2 invitations" }).click();
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await page.getByText("otto@larchwell.example").first().waitFor();
  await picture(page, "accounts-invitations");
});

it("a rep joins from the mail, shows a face and is ready in fewer than twenty steps", async () => {
  steps = 0;
  const link = await linkMailedTo("nadia@larchwell.example");
  await joinBy(link, nadia, "Nadia", "Brandt");
  await picture(nadia.page, "accounts-set-up");
  await fillProfile(nadia.page, "Acoustics advisor 🔉", await portrait(6_000, 8_000));
  await step(nadia.page.getByRole("link", { name: /set up/i }).click());
  await step(nadia.page.getByRole("button", { name: "Look at the hours" }).click());
  await step(nadia.page.getByRole("button", { name: "These hours are right" }).click());
  await nadia.page.getByText("Saved", { exact: true }).waitFor();
  await step(nadia.page.getByRole("link", { name: /set up/i }).click());
  const later = nadia.page.getByRole("button", { name: "Not now" });
  for (let left = await later.count(); left > 0; left--) {
    await step(later.first().click());
    await expect.poll(() => later.count()).toBe(left - 1);
  }
  await nadia.page.getByText("You're all set").waitFor();
  await picture(nadia.page, "accounts-all-set");
  expect(steps).toBeLessThan(20);
});

it("and a visitor is answered by her, with her face", async () => {
  const visitor = await newPerson(browser);
  await nadia.page.getByRole("link", { name: /live board/i }).click();
  await visitor.page.goto(foyer.shopUrl);
  await visitor.page.getByRole("button", { name: /chat with us/i }).click();
  const chat = widgetFrame(visitor.page);
  await chat.getByRole("textbox", { name: /message/i }).fill("How loud is the Duet inside?");
  await chat.getByRole("textbox", { name: /message/i }).press("Enter");
  await nadia.page.getByRole("button", { name: /^accept/i }).click();
  await chat.getByText("Nadia joined").first().waitFor();
  await chat.locator('img[src*="/photos/"]').first().waitFor();
  await picture(visitor.page, "accounts-visitor");
  await visitor.context.close();
});

it("the link lets in nobody a second time", async () => {
  const late = await newPerson(browser);
  await late.page.goto(await linkMailedTo("nadia@larchwell.example"));
  await late.page.getByRole("heading", { name: "You have joined already" }).waitFor();
  await picture(late.page, "accounts-used");
  await late.context.close();
});

it("somebody who is only booked joins, is booked by a visitor, and sees nothing of chats", async () => {
  const link = await linkMailedTo("otto@larchwell.example");
  await joinBy(link, otto, "Otto", "Lind");
  await fillProfile(otto.page, "Installation planner", await portrait(600, 800));
  await otto.page.getByRole("link", { name: /meetings/i }).click();
  for (const hidden of ["Live board", "Conversations", "Replies", "Members", "Settings"])
    expect(await otto.page.getByRole("link", { name: hidden }).count(), hidden).toBe(0);
  const refused = await otto.page.evaluate(async () => {
    const paths = ["/api/canned-replies", "/api/search?q=a", "/api/members", "/api/mails"];
    return Promise.all(paths.map(async (path) => (await fetch(path)).status));
  });
  expect(refused).toEqual([403, 403, 403, 403]);

  // A rep offers a meeting with him by name, and the visitor takes the first time there is.
  const visitor = await newPerson(browser);
  await visitor.page.goto(foyer.shopUrl);
  await visitor.page.getByRole("button", { name: /chat with us/i }).click();
  const chat = widgetFrame(visitor.page);
  await chat.getByRole("textbox", { name: /message/i }).fill("Who could come and measure our office?");
  await chat.getByRole("textbox", { name: /message/i }).press("Enter");
  await nadia.page.getByRole("button", { name: /^accept/i }).click();
  await nadia.page.getByRole("button", { name: /offer a meeting/i }).click();
  await nadia.page.getByRole("dialog").getByText("Otto Lind").click();
  await nadia.page.getByRole("button", { name: "Put it into the chat" }).click();
  await chat.getByText("Meet with Otto").first().waitFor();
  await chat.getByRole("button", { name: "See times" }).click();
  await chat
    .getByRole("button", { name: /^\d{1,2}:\d{2}/ })
    .first()
    .click();
  await chat.getByRole("textbox", { name: "Your name" }).fill("Ada Kim");
  await chat.getByRole("textbox", { name: "E-mail" }).fill("ada.kim@example.com");
  await chat
    .getByRole("button", { name: /book|confirm/i })
    .last()
    .click();
  await chat
    .getByText(/booked/i)
    .first()
    .waitFor();
  await picture(visitor.page, "accounts-guest");
  await picture(otto.page, "accounts-meetings");
  // Without a link the list follows within ten seconds.
  await otto.page.getByText("Ada Kim").first().waitFor({ timeout: 30_000 });
  await picture(otto.page, "accounts-booked");
  await visitor.context.close();
});
