import { z } from "zod";
import { type ProviderAccount, ProviderError, type ProviderResponse } from "../../connections/port.ts";
import { cutTopic } from "../cut-topic.ts";
import type { ConferenceProvider, Room, RoomToMake } from "../port.ts";
import { garbled, parseJson, pauseOf } from "../read-answer.ts";

// Zoom, as a user-managed OAuth app. `start_url` starts a meeting as its host without a sign-in: it is never read.

const mostTopicChars = 200;
const meetings = "/v2/users/me/meetings";
/** A page of the list of rooms, and how many are looked through. */
const pageSize = 300;
const mostPages = 5;

/** Ids are larger than 2^31; as text no reader can cut them. */
const id = z.union([z.number().int().positive().transform(String), z.string().regex(/^\d{1,20}$/)]);
const made = z.object({ id, join_url: z.url({ protocol: /^https$/ }), password: z.string().optional() });
const listed = z.object({
  next_page_token: z.string().optional(),
  meetings: z.array(
    z.object({ id, join_url: z.url({ protocol: /^https$/ }), agenda: z.string().optional() }),
  ),
});

export function createZoom(): ConferenceProvider {
  return {
    async create(account, room, { mayExist }) {
      const earlier = mayExist ? await find(account, room) : null;
      if (earlier !== null) return earlier;
      const response = await account.send({ method: "POST", path: meetings, json: bodyOf(room) });
      if (response.status !== 201) throw problemOf(response);
      const { data } = made.safeParse(parseJson(response.text));
      if (data === undefined) throw garbled();
      return { id: data.id, joinUrl: data.join_url, passcode: data.password || null };
    },
    async update(account, meeting, room) {
      const response = await account.send({ method: "PATCH", path: pathOf(meeting), json: bodyOf(room) });
      if (response.status !== 204) throw problemOf(response);
    },
    async remove(account, meeting) {
      // Nobody of Zoom's mails anybody: the guest hears of it from us.
      const path = `${pathOf(meeting)}?schedule_for_reminder=false&cancel_meeting_reminder=false`;
      const response = await account.send({ method: "DELETE", path });
      if (response.status === 204) return;
      const problem = problemOf(response);
      if (problem.kind !== "gone") throw problem;
    },
  };
}

function pathOf(meeting: string): string {
  return `/v2/meetings/${encodeURIComponent(meeting)}`;
}

function bodyOf({ meetingId, topic, startAt, endAt, zone }: RoomToMake) {
  return {
    topic: cutTopic(topic, mostTopicChars),
    // Scheduled, once.
    type: 2,
    // With the Z it is this instant, whatever the account's own zone is.
    start_time: new Date(startAt).toISOString().replace(/\.\d{3}Z$/, "Z"),
    duration: Math.max(1, Math.ceil((endAt - startAt) / 60_000)),
    timezone: zone,
    agenda: markOf(meetingId),
    settings: {
      join_before_host: true,
      // Of these minutes: 0 is any time.
      jbh_time: 0,
      waiting_room: false,
      email_notification: false,
    },
  };
}

/** Zoom knows no key for a repeat: this is how a room is found whose making had no answer. */
function markOf(meetingId: string): string {
  return `Foyer ${meetingId}`;
}

async function find(account: ProviderAccount, { meetingId }: RoomToMake): Promise<Room | null> {
  let page = "";
  for (let count = 0; count < mostPages; count++) {
    const query = new URLSearchParams({ type: "scheduled", page_size: String(pageSize) });
    if (page !== "") query.set("next_page_token", page);
    const response = await account.send({ path: `${meetings}?${query}` });
    // A registration without the permission to list makes the room blindly: rather two than none.
    if (response.status !== 200) {
      const problem = problemOf(response);
      if (problem.kind === "scope") return null;
      throw problem;
    }
    const { data } = listed.safeParse(parseJson(response.text));
    if (data === undefined) throw garbled();
    const ours = data.meetings.find(({ agenda }) => agenda === markOf(meetingId));
    if (ours !== undefined) return { id: ours.id, joinUrl: ours.join_url, passcode: null };
    page = data.next_page_token ?? "";
    if (page === "") return null;
  }
  return null;
}

const refusal = z.object({ code: z.number().int() });

/** Zoom's own code decides before the status; its message may hold names. */
function problemOf(response: ProviderResponse): ProviderError {
  const { status } = response;
  const code = refusal.safeParse(parseJson(response.text)).data?.code ?? 0;
  const word = `${status}_${code}`;
  if (status === 429) return new ProviderError("rate", word, pauseOf(response));
  if (status >= 500) return new ProviderError("transient", word, pauseOf(response));
  // 3001: this meeting does not exist. 3000: it cannot be reached any more.
  if (code === 3001 || code === 3000) return new ProviderError("gone", word);
  if (code === 124 || code === 4741) return new ProviderError("auth", word);
  if (code === 4700 || code === 4711 || code === 104) return new ProviderError("scope", word);
  // Its admin has switched the app off, or has not said yes to it yet.
  if (code === 4717) return new ProviderError("approval", word);
  if (code === 300) return new ProviderError("invalid", word);
  if (status === 404) return new ProviderError("gone", word);
  if (status === 401) return new ProviderError("auth", word);
  return new ProviderError("refused", word);
}
