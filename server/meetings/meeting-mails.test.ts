import { expect, it } from "vitest";
import { guestMail, harmlessName, hostMail, type MeetingMailInput } from "./meeting-mails.ts";

const input: MeetingMailInput = {
  news: "booked",
  by: "guest",
  companyName: "Testing Ltd",
  host: { name: "Robin Host", jobTitle: "Advisor", zone: "UTC", language: "en", photoUrl: null },
  guest: { name: "Gustava Guest", email: "guest@example.org", zone: "Europe/Berlin", language: null },
  startAt: Date.UTC(2026, 10, 24, 14, 30),
  endAt: Date.UTC(2026, 10, 24, 15),
  oldStartAt: null,
  note: "Cheap watches at watches.example",
  coHosts: [],
  typeName: null,
  taker: "Robin Host",
  place: null,
  answers: [{ id: "a", label: "What for?", answer: "Buy at watches.example" }],
  invitation: "attached",
};
const link = "https://foyer.example/meeting/a.b";

it("carries no words of the form to the address in it, since nobody has shown that the address is theirs", () => {
  const lure = { ...input, guest: { ...input.guest, name: "Win now at watches.example/win" } };
  for (const news of ["booked", "moved", "cancelled"] as const)
    for (const by of ["guest", "host"] as const)
      expect(JSON.stringify(guestMail({ ...lure, news, by }, link))).not.toMatch(/watches/);
  const forHost = JSON.stringify(hostMail(lure, link));
  expect(forHost).toContain("Cheap watches");
  expect(forHost).toContain("Win now");
});

it("greets people by their names, and nobody by what could be a link", () => {
  expect(JSON.stringify(guestMail(input, link))).toContain("Hello Gustava Guest,");
  for (const name of ["Zoë-Katharina O’Neil", "J. R. Smith", "Dr. Ana Ruiz", "李 小龙 🎧"])
    expect(harmlessName(name)).toBe(name);
  for (const name of ["https:x", "x.example", "a@b.example", "www.x.example now", "go to x.EXAMPLE", "a/b"])
    expect(harmlessName(name), name).toBe("");
});

it("writes to the host as the host has chosen, and to the guest as the guest reads", () => {
  const german = { ...input, host: { ...input.host, language: "de-DE" } };
  expect(JSON.stringify(hostMail(german, link))).toContain("Dienstag, 24. November 2026");
  expect(JSON.stringify(guestMail(german, link))).toContain("Tuesday, 24 November 2026");
  const american = { ...input, host: { ...input.host, language: "en-US" } };
  expect(JSON.stringify(hostMail(american, link))).toContain("2:30 PM to 3:00 PM");
});
