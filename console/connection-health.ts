import type { ConnectionProblem, ConnectionView } from "../shared/model/connections.ts";
import type { Instant, ZoneName } from "../shared/model/ids.ts";
import { connectionsText, type HealthTimes } from "./text/connections.ts";
import { sinceText, whenText, zoneCity } from "./time-text.ts";

/** `late`: usable, with something to know; `waiting`: for somebody else; `bad`: nobody can be booked, or no room made. */
export type HealthTone = "good" | "late" | "waiting" | "bad";
export type Health = { tone: HealthTone; sentence: string };

const tones: Record<ConnectionProblem, HealthTone> = {
  needs_reauth: "bad",
  missing_scope: "bad",
  needs_approval: "waiting",
  calendar_gone: "bad",
  refused: "bad",
  zone_mismatch: "bad",
  watch_expired: "late",
  unreachable: "late",
};

type Known = Pick<
  ConnectionView,
  "provider" | "problem" | "problemAt" | "triedAt" | "goodAt" | "mailboxZone" | "calendars"
>;

/** How a link to an outside account is, in one sentence. */
export function healthOf(connection: Known, now: Instant, myZone: ZoneName): Health {
  const words = connectionsText.health;
  const { problem, provider, calendars } = connection;
  const times: HealthTimes = {
    tried: timeOf(connection.triedAt, now, whenText),
    good: timeOf(connection.goodAt, now, whenText),
    began: timeOf(connection.problemAt, now, sinceText),
  };
  if (problem === null) {
    if (calendars.some(({ blocksTime, isGone, readAt }) => blocksTime && !isGone && readAt === null)) {
      return { tone: "waiting", sentence: words.reading };
    }
    if (!times.good) return { tone: "good", sentence: words.fresh };
    const isRead = calendars.some(({ blocksTime }) => blocksTime);
    return { tone: "good", sentence: isRead ? words.works(times) : words.connected(times) };
  }
  const isRoom = provider === "zoom" || provider === "teams";
  const until = isRoom ? words.untilRoom : words.untilCalendar;
  const tone = tones[problem];
  if (problem === "calendar_gone") {
    const gone = calendars.find(({ isGone }) => isGone)?.name;
    return { tone, sentence: words.calendar_gone(gone ? `“${gone}”` : words.aCalendar, times, until) };
  }
  if (problem === "zone_mismatch") {
    const mailbox = zoneCity(connection.mailboxZone ?? "");
    return { tone, sentence: words.zone_mismatch(mailbox, zoneCity(myZone), until) };
  }
  return { tone, sentence: words[problem](connectionsText.subjects[provider], times, until) };
}

function timeOf(at: Instant | null, now: Instant, write: (at: Instant, now: Instant) => string): string {
  return at === null ? "" : write(at, Math.max(at, now));
}
