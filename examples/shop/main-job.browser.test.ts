import type { Browser, FrameLocator } from "playwright";
import { afterAll, beforeAll, expect, it } from "vitest";
import { newPerson, openBrowser, type Person, picture, signIn, widgetFrame } from "../driving/browser.ts";
import { type RunningFoyer, startFoyer } from "../driving/running-foyer.ts";

let foyer: RunningFoyer;
let browser: Browser;
let visitor: Person;
let desmond: Person;
let zoe: Person;
let chat: FrameLocator;

beforeAll(async () => {
  foyer = await startFoyer();
  browser = await openBrowser();
  [visitor, desmond, zoe] = await Promise.all([newPerson(browser), newPerson(browser), newPerson(browser)]);
  await Promise.all([signIn(desmond.page, foyer.url, "Desmond"), signIn(zoe.page, foyer.url, "Zoë")]);
});

afterAll(async () => {
  await browser?.close();
  await foyer?.close();
});

const composer = () => chat.getByRole("textbox", { name: /message/i });

async function say(words: string) {
  await composer().fill(words);
  await composer().press("Enter");
}

async function reply(rep: Person, words: string) {
  const box = rep.page.getByRole("textbox", { name: /^write to/i });
  await box.fill(words);
  await box.press("Enter");
}

it("greets a visitor with a face, and shows the visitor on the board", async () => {
  await visitor.page.goto(foyer.shopUrl);
  chat = widgetFrame(visitor.page);
  await chat.getByText("Zoë-Katharina").first().waitFor();
  await picture(visitor.page, "1-greeting");
  await desmond.page.getByText("Larchwell: quiet rooms for loud offices").first().waitFor();
  await picture(desmond.page, "1-board");
});

it("rings for both reps; the first claim wins and the other learns who took it", async () => {
  await visitor.page.getByRole("button", { name: /chat with us/i }).click();
  await say("Hello! Does the Duet fit two people with monitors?");
  const accepts = [desmond, zoe].map((rep) => rep.page.getByRole("button", { name: /^accept/i }));
  await Promise.all(accepts.map((button) => button.waitFor()));
  await picture(zoe.page, "2-ring");
  await picture(visitor.page, "2-finding");
  await accepts[0]?.click();
  await zoe.page
    .getByText(/taken by Desmond/i)
    .first()
    .waitFor();
  await picture(zoe.page, "2-taken");
  await chat.getByText("Desmond joined").first().waitFor();
  await picture(visitor.page, "2-joined");
});

it("carries messages, typing and seen both ways", async () => {
  await desmond.page.getByRole("textbox", { name: /^write to/i }).pressSequentially("Yes, it", { delay: 30 });
  await chat.getByRole("status", { name: "Desmond is typing" }).waitFor();
  await reply(desmond, "Yes, it does: two 27 inch screens stand side by side.");
  await chat.getByText("two 27 inch screens").first().waitFor();
  await desmond.page.getByText("Seen").first().waitFor();
  await composer().pressSequentially("Gre", { delay: 30 });
  await desmond.page
    .getByText(/typing/i)
    .first()
    .waitFor();
  await picture(desmond.page, "3-typing");
  await say("Great, and in larch?");
  await desmond.page.getByText("Great, and in larch?").first().waitFor();
  await chat.getByText("Seen").first().waitFor();
  await picture(visitor.page, "3-chat");
});

it("keeps the conversation over a reload and shows it in a second tab", async () => {
  await visitor.page.reload();
  chat = widgetFrame(visitor.page);
  await visitor.page.getByRole("button", { name: /chat with us/i }).click();
  await chat.getByText("Great, and in larch?").first().waitFor();
  const second = await visitor.context.newPage();
  await second.goto(`${foyer.shopUrl}pricing.html`);
  await second.getByRole("button", { name: /chat with us/i }).click();
  await widgetFrame(second).getByText("two 27 inch screens").first().waitFor();
  await reply(desmond, "In larch, oak or ash.");
  await widgetFrame(second).getByText("In larch, oak or ash.").first().waitFor();
  await chat.getByText("In larch, oak or ash.").first().waitFor();
  await second.close();
});

it("loses nothing over a restart of the server", async () => {
  await foyer.restart();
  await say("Are you still there?");
  await desmond.page.getByText("Are you still there?").first().waitFor();
  await reply(desmond, "I am.");
  await chat.getByText("I am.").first().waitFor();
});

it("hands over to a colleague with a note that only reps see", async () => {
  await desmond.page
    .getByRole("button", { name: /hand over/i })
    .first()
    .click();
  await picture(desmond.page, "5-hand-over");
  const dialog = desmond.page.getByRole("dialog");
  await dialog.getByText("Zoë-Katharina").first().click();
  await dialog.getByRole("textbox").fill("Asks about wood, knows acoustics.");
  await dialog.getByRole("button", { name: /hand over/i }).click();
  await chat
    .getByText(/Zoë.* takes over from here/i)
    .first()
    .waitFor();
  await picture(visitor.page, "5-rep-changed");
  await zoe.page
    .getByRole("link", { name: /conversations/i })
    .first()
    .click();
  await zoe.page.getByText("I am.").first().click();
  await zoe.page.getByText("Asks about wood, knows acoustics.").first().waitFor();
  await picture(zoe.page, "5-note");
  expect(await chat.getByText("Asks about wood").count()).toBe(0);
  await reply(zoe, "Hi, Zoë here. Ask me anything about sound.");
  await chat.getByText("Ask me anything about sound.").first().waitFor();
});

it("ends the conversation for the visitor too", async () => {
  await zoe.page.getByRole("button", { name: "Close", exact: true }).first().click();
  await zoe.page.getByRole("button", { name: "Close conversation" }).click();
  await chat
    .getByText(/ended|closed/i)
    .first()
    .waitFor();
  await picture(visitor.page, "6-ended");
});

it("offers a time when both are away, books it, mails an invitation, and lets the guest cancel by the link", async () => {
  for (const rep of [desmond, zoe]) {
    await rep.page.getByRole("switch", { name: /available/i }).click();
    await rep.page.getByText("Away").first().waitFor();
  }
  const guest = await newPerson(browser, { timezoneId: "Europe/Berlin" });
  await guest.page.goto(foyer.shopUrl);
  chat = widgetFrame(guest.page);
  await guest.page.getByRole("button", { name: /chat with us/i }).click();
  await say("Could somebody call me about a Quartet?");
  await chat
    .getByRole("button", { name: /book a time/i })
    .first()
    .waitFor();
  await picture(guest.page, "7-fallback");
  await chat
    .getByRole("button", { name: /book a time/i })
    .first()
    .click();
  const times = chat.getByRole("button", { name: /^\d{1,2}:\d{2}/ });
  await times.first().waitFor();
  await picture(guest.page, "7-times");
  const tooWide = await chat.locator(".book").evaluate((book) => book.scrollWidth - book.clientWidth);
  expect(tooWide).toBe(0);
  await times.first().click();
  // Back from the form is back to the times.
  await chat.getByRole("textbox", { name: "Your name" }).waitFor();
  await chat.getByRole("button", { name: "Back", exact: true }).click();
  await times.first().click();
  await chat.getByRole("textbox", { name: "Your name" }).fill('Ada "Quote" Lovelace');
  await chat.getByRole("textbox", { name: "E-mail" }).fill("ada@guest.example");
  await picture(guest.page, "7-form");
  await chat
    .getByRole("button", { name: /book|confirm/i })
    .last()
    .click();
  await chat
    .getByText(/booked|confirmed|see you/i)
    .first()
    .waitFor();
  await picture(guest.page, "7-booked");

  const imogen = await newPerson(browser);
  await signIn(imogen.page, foyer.url, "Imogen");
  await imogen.page.goto(`${foyer.url}/console/mailbox`);
  await imogen.page.getByText("ada@guest.example").first().click();
  await picture(imogen.page, "8-mail");
  const mails = (await imogen.page.evaluate(async () => (await fetch("/api/mails")).json())) as {
    mails: { id: string; to: string; hasInvitation: boolean }[];
  };
  const mine = mails.mails.find((mail) => mail.to.includes("ada@guest.example"));
  expect(mine?.hasInvitation).toBe(true);
  const { mail } = (await imogen.page.evaluate(
    async (id) => (await fetch(`/api/mails/${id}`)).json(),
    mine?.id ?? "",
  )) as { mail: { text: string; invitation: string } };
  expect(mail.invitation).toContain("METHOD:REQUEST");
  const link = /http\S+\/meeting\/\S+/.exec(mail.text)?.[0] ?? "";
  expect(link).not.toBe("");

  await imogen.page.goto(`${foyer.url}/console/meetings`);
  await imogen.page
    .getByText(/Ada "Quote" Lovelace/)
    .first()
    .waitFor();
  await picture(imogen.page, "8-meetings");
  const manage = await newPerson(browser);
  await manage.page.goto(link);
  await picture(manage.page, "9-manage");
  await manage.page
    .getByRole("button", { name: /cancel/i })
    .first()
    .click();
  await manage.page
    .getByRole("button", { name: /cancel/i })
    .last()
    .click();
  await manage.page
    .getByText(/cancelled/i)
    .first()
    .waitFor();
  await picture(manage.page, "9-cancelled");
  await chat.getByRole("button", { name: "Back to the chat" }).click();
  await chat
    .getByText(/cancelled/i)
    .first()
    .waitFor();
  await picture(guest.page, "9-guest");
});
