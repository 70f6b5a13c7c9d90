import { createTestAccount } from "../testing-account.ts";
import { type CalendarCounterpart, type OutsideEvent, type SeenEvent, zone } from "../testing-counterpart.ts";
import type { CalendarReader } from "./calendar-reader.ts";
import { hrefPath } from "./paths.ts";
import { createCalDavProvider } from "./provider.ts";
import { basicAuth, type CalDavServer } from "./testing-server.ts";

// A real server as the contract suite wants one: each time a new calendar, and events put there by plain HTTP.

let made = 0;

export async function openCalDavCounterpart(
  server: CalDavServer,
  reader: CalendarReader,
): Promise<CalendarCounterpart> {
  const [owner] = server.accounts;
  if (!owner) throw new Error("a server without accounts");
  const ask = async (method: string, path: string, body?: string, headers: Record<string, string> = {}) => {
    const response = await fetch(new URL(path, server.url), {
      method,
      headers: { authorization: basicAuth(owner), ...headers },
      body: body ?? null,
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  made += 1;
  const ref = hrefPath(`${owner.home}tests-${made}/`, server.url) ?? "";
  await ask("MKCALENDAR", ref, mkcalendar(`Tests ${made}`), { "content-type": "application/xml" });
  const put = async (name: string, event: OutsideEvent, sequence: number) => {
    await ask("PUT", name, toIcs(event, name, sequence), { "content-type": "text/calendar; charset=utf-8" });
  };
  let events = 0;
  let changes = 0;
  return {
    name: "caldav",
    provider: createCalDavProvider({ reader, now: () => Date.UTC(2027, 1, 20) }),
    account: createTestAccount({
      provider: "caldav",
      accountName: "mara@northwind.example",
      baseUrl: owner.home,
      authorization: basicAuth(owner),
    }),
    calendar: { ref, zone },
    missing: { ref: `${ref.replace(/\/$/, "")}-never/`, zone },
    async putEvent(event) {
      events += 1;
      const name = `${ref}${made}-${events}.ics`;
      await put(name, event, 0);
      return name;
    },
    async changeEvent(name, event) {
      changes += 1;
      await put(name, event, changes);
    },
    async removeEvent(name) {
      await ask("DELETE", name);
    },
    events: async () => readBack(await (await ask("GET", ref)).text()),
    answers: {
      scope: null,
      forgotten: {
        status: 403,
        text: '<?xml version="1.0"?><D:error xmlns:D="DAV:"><D:valid-sync-token/></D:error>',
      },
      half: {
        status: 207,
        text: '<?xml version="1.0"?><D:multistatus xmlns:D="DAV:"><D:response><D:href>/a.ics</D:href><D:propst',
      },
    },
    pageSize: null,
    async close() {
      await ask("DELETE", ref);
    },
  };
}

function mkcalendar(name: string): string {
  return `<?xml version="1.0" encoding="utf-8"?><C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav" xmlns:A="http://apple.com/ns/ical/"><D:set><D:prop><D:displayname>${name}</D:displayname><A:calendar-color>#0E61B9FF</A:calendar-color></D:prop></D:set></C:mkcalendar>`;
}

/** Written line by line: a second reader of what the adapter reads, that shares nothing with it. */
function toIcs(event: OutsideEvent, name: string, sequence = 0): string {
  const uid = `${name.replaceAll(/[^\w-]/g, "_")}@other.example`;
  const main = [...lines(event, uid, sequence), ...repetition(event)];
  const moved = event.repeats?.moved.map((each) => [
    ...lines({ ...event, ...each }, uid, sequence),
    `RECURRENCE-ID${time(each.from, event.zone)}`,
  ]);
  const cancelled = event.repeats?.cancelled.map((from) => [
    ...lines({ ...event, kind: "cancelled", start: from, end: from }, uid, sequence),
    `RECURRENCE-ID${time(from, event.zone)}`,
  ]);
  const vevents = [main, ...(moved ?? []), ...(cancelled ?? [])].flatMap((each) => [
    "BEGIN:VEVENT",
    ...each,
    "END:VEVENT",
  ]);
  const file = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Another//Program//EN",
    ...vevents,
    "END:VCALENDAR",
  ];
  return `${file.join("\r\n")}\r\n`;
}

function lines(event: OutsideEvent, uid: string, sequence: number): string[] {
  const own = event.kind === "declined" ? "DECLINED" : event.kind === "invited" ? "NEEDS-ACTION" : null;
  return [
    `UID:${uid}`,
    "DTSTAMP:20270101T000000Z",
    `SEQUENCE:${sequence}`,
    `SUMMARY:${event.title.replaceAll(",", "\\,")}`,
    `DTSTART${time(event.start, event.zone)}`,
    event.end === event.start ? "DURATION:PT30M" : `DTEND${time(event.end, event.zone)}`,
    ...(event.kind === "tentative" ? ["STATUS:TENTATIVE"] : []),
    ...(event.kind === "cancelled" ? ["STATUS:CANCELLED"] : []),
    ...(event.kind === "free" ? ["TRANSP:TRANSPARENT"] : []),
    ...(own
      ? [
          "ORGANIZER:mailto:boss@elsewhere.example",
          `ATTENDEE;PARTSTAT=${own}:mailto:Mara@northwind.example`,
          "ATTENDEE;PARTSTAT=ACCEPTED:mailto:boss@elsewhere.example",
        ]
      : []),
  ];
}

function repetition({ repeats, zone: of }: OutsideEvent): string[] {
  if (!repeats) return [];
  return [`RRULE:${repeats.rule}`, ...repeats.except.map((each) => `EXDATE${time(each, of)}`)];
}

function time(text: string, of: string): string {
  const digits = text.replaceAll(/[-:]/g, "");
  return digits.length === 8 ? `;VALUE=DATE:${digits}` : `;TZID=${of}:${digits}00`;
}

/** The text of a whole calendar, read plainly. */
function readBack(text: string): SeenEvent[] {
  const events = text
    .replaceAll(/\r?\n[ \t]/g, "")
    .split("BEGIN:VEVENT")
    .slice(1)
    .map((each) => each.split("END:VEVENT")[0]?.split(/\r?\n/) ?? []);
  return events
    .filter((each) => !each.includes("STATUS:CANCELLED"))
    .map((each) => {
      const value = (name: string) =>
        unescapeText(each.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1) ?? "");
      const instant = (name: string) =>
        Date.parse(value(name).replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
      return {
        uid: value("UID"),
        sequence: Number(value("SEQUENCE")),
        title: value("SUMMARY"),
        start: instant("DTSTART"),
        end: instant("DTEND"),
        location: value("LOCATION"),
        description: value("DESCRIPTION"),
        attendees: each.filter((line) => line.startsWith("ATTENDEE")).flatMap(readGuest),
      };
    });
}

function readGuest(line: string): { name: string; email: string }[] {
  const email = line.slice(line.toLowerCase().lastIndexOf("mailto:") + 7);
  if (email === "mara@northwind.example") return [];
  const [, quoted, bare] = /;CN=(?:"([^"]*)"|([^;:]*))/.exec(line) ?? [];
  // RFC 6868.
  const name = (quoted ?? bare ?? "").replaceAll(/\^(['n^])/g, (_all, letter: string) =>
    letter === "'" ? '"' : letter,
  );
  return [{ name, email }];
}

function unescapeText(text: string): string {
  return text.replaceAll(/\\([\\;,nN])/g, (_all, letter: string) =>
    letter.toLowerCase() === "n" ? "\n" : letter,
  );
}
