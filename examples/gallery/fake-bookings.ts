import type { Instant, MeetingId } from "../../shared/model/ids.ts";
import { encodeSlots } from "../../shared/time/slot-code.ts";
import { nora, team } from "./people.ts";
import type { PanelState } from "./states.ts";

/** Answers the booker's questions in the page itself. */
export function answerBookings(how: PanelState["booking"]) {
  const real = window.fetch;
  window.fetch = async (input, init) => {
    const path = String(input);
    const body = init?.body ? JSON.parse(String(init.body)) : {};
    if (!path.startsWith("/visitor/")) return real(input, init);
    return Response.json(answer(path, body, how));
  };
}

function answer(
  path: string,
  body: { startAt?: Instant; email?: string; name?: string },
  how: PanelState["booking"],
) {
  if (how === "failed") return { ok: false, code: "unavailable" };
  if (path.startsWith("/visitor/slots"))
    return {
      ok: true,
      durationMinutes: 30,
      offer: "offer",
      offerExpiresAt: Date.now() + 600_000,
      slots: encodeSlots(how === "empty" ? [] : workingHours()),
      hosts: team,
      type: null,
    };
  if (path === "/visitor/holds" && how === "taken") return { ok: false, code: "slot_taken" };
  const startAt = body.startAt ?? Date.now() + 86_400_000;
  const times = { startAt, endAt: startAt + 1_800_000 };
  if (path === "/visitor/holds")
    return { ok: true, holdId: "h" as MeetingId, host: nora, ...times, expiresAt: Date.now() + 300_000 };
  if (path === "/visitor/meetings")
    return {
      ok: true,
      meeting: {
        ...times,
        id: "m",
        state: "booked",
        host: nora,
        guestName: body.name,
        guestEmail: body.email,
        note: "",
        zone: "UTC",
      },
    };
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
