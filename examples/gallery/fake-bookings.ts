import type { Instant, MeetingId, MeetingTypeId } from "../../shared/model/ids.ts";
import type { GuestMeetingType } from "../../shared/model/meeting-types.ts";
import type { GuestMeeting, MeetingPlace } from "../../shared/model/meetings.ts";
import { encodeSlots } from "../../shared/time/slot-code.ts";
import { nora, team } from "./people.ts";

/** How the booker's questions are answered, or how far it is walked. */
export type BookingState =
  | "empty"
  | "failed"
  | "taken"
  | "nobody"
  | "unread"
  | "never"
  | "type"
  | "questions"
  | "month"
  | "booked"
  | "roomless";

export const tour: GuestMeetingType = {
  id: "40000000-0000-4000-8000-000000000001" as MeetingTypeId,
  slug: "tour",
  name: "A tour of the Duet",
  description: "We set one up in front of the camera, open and close it, and you ask whatever comes to mind.",
  durations: [20, 30, 45],
  hosting: "round_robin",
  place: "video",
  questions: [
    { id: "desks", label: "How many desks are there?", kind: "line", choices: [], isRequired: true },
    {
      id: "wood",
      label: "Which wood do you have in mind?",
      kind: "choice",
      choices: ["Larch", "Oak", "Ash", "I do not know yet"],
      isRequired: true,
    },
    {
      id: "country",
      label: "Where would it go?",
      kind: "choice",
      choices: ["Austria", "Denmark", "France", "Germany", "Italy", "Portugal"],
      isRequired: false,
    },
    { id: "more", label: "What else shall we prepare?", kind: "text", choices: [], isRequired: false },
  ],
};

export const readyRoom: MeetingPlace = {
  kind: "zoom",
  state: "ready",
  joinUrl: "https://zoom.example/j/81234567890",
  passcode: "442190",
  phone: "+351210000000",
  phoneExtension: "12",
};

/** Answers the booker's questions in the page itself, and presses what leads to the state. */
export function answerBookings(how: BookingState | undefined) {
  const real = window.fetch;
  window.fetch = async (input, init) => {
    const path = String(input);
    const body = init?.body ? JSON.parse(String(init.body)) : {};
    if (!path.startsWith("/visitor/")) return real(input, init);
    if (how === "never") return new Promise(() => undefined);
    return Response.json(answerBooking(path, body, how));
  };
  if (how && ["taken", "questions", "booked", "roomless"].includes(how)) press(".fy-time");
  if (how === "month") press(".fy-month-name");
  if (how === "questions") press(".fy-form > [type=submit]");
  if (how === "booked" || how === "roomless") {
    fill("[name=name]", "Ada");
    fill("[name=email]", "ada@guest.example");
    press(".fy-form > [type=submit]");
  }
}

function whenThere(selector: string, act: (element: HTMLInputElement) => void) {
  const look = () => {
    const found = document.querySelector<HTMLInputElement>(selector);
    if (found) act(found);
    else setTimeout(look, 50);
  };
  look();
}
const press = (selector: string) => whenThere(selector, (found) => setTimeout(() => found.click(), 50));
const fill = (selector: string, value: string) =>
  whenThere(selector, (found) => {
    found.value = value;
  });

function answerBooking(
  path: string,
  body: { startAt?: Instant; email?: string; name?: string },
  how: BookingState | undefined,
) {
  if (how === "failed") return { ok: false, code: "unavailable" };
  if (/\/slots/.test(path))
    return {
      ok: true,
      durationMinutes: Number(/duration=(\d+)/.exec(path)?.[1] ?? 30),
      offer: "offer",
      offerExpiresAt: Date.now() + 600_000,
      slots: encodeSlots(how === "empty" || how === "nobody" || how === "unread" ? [] : workingHours()),
      hosts: how === "nobody" ? [] : team,
      type: how === "type" || how === "questions" ? tour : null,
      ...(how === "unread" && { noTimes: "unread" }),
    };
  if (path.endsWith("/holds") && how === "taken") return { ok: false, code: "slot_taken" };
  const startAt = body.startAt ?? Date.now() + 86_400_000;
  const times = { startAt, endAt: startAt + 1_800_000 };
  if (path.endsWith("/holds"))
    return { ok: true, holdId: "h" as MeetingId, host: nora, ...times, expiresAt: Date.now() + 300_000 };
  const meeting: GuestMeeting = {
    ...times,
    id: "30000000-0000-4000-8000-000000000009" as MeetingId,
    state: "booked",
    host: nora,
    guestName: body.name ?? "Ada",
    guestEmail: body.email ?? "ada@guest.example",
    note: "",
    zone: "UTC",
    typeName: tour.name,
    place: how === "roomless" ? { ...readyRoom, state: "pending", joinUrl: null, passcode: null } : readyRoom,
    answers: [],
  };
  if (path.endsWith("/meetings")) return { ok: true, meeting, manageUrl: `${location.origin}/meeting/token` };
  if (path.includes("/meeting-links/")) return { ok: true, meeting };
  return { ok: true };
}

/** Every half hour of the coming working days, but for a few that are taken. */
export function workingHours(): Instant[] {
  const slots: Instant[] = [];
  const today = Math.floor(Date.now() / 86_400_000);
  for (let day = today + 1; day < today + 40; day++) {
    const weekday = new Date(day * 86_400_000).getUTCDay();
    if (weekday === 0 || weekday === 6) continue;
    for (let half = 16; half < 34; half++) {
      if ((day * 7 + half * 5) % 4 !== 0) slots.push(day * 86_400_000 + half * 1_800_000);
    }
  }
  return slots;
}
