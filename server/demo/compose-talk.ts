import type { Author, Fact } from "../../shared/model/facts.ts";
import type { Instant, MeetingId, MemberId } from "../../shared/model/ids.ts";
import type { DecisionLine } from "../../shared/model/routing.ts";
import type { PortraitName } from "./portraits/portraits.ts";
import type { Talk, TalkStep } from "./talks/talk-steps.ts";

/** What a talk needs to know of the rest of the demo. */
export type TalkSetting = {
  startAt: Instant;
  members: ReadonlyMap<PortraitName, MemberId>;
  guest: { name: string | null; email: string | null };
  /** Made for each message, as a client would. */
  newClientId: () => NonNullable<Fact["clientId"]>;
  newRequestId: () => ComposedRequest["id"];
  meeting(key: string): { id: MeetingId; hostId: MemberId; startAt: Instant; endAt: Instant };
};

export type ComposedRequest = {
  id: Extract<Fact["body"], { kind: "rep_requested" }>["requestId"];
  state: "claimed" | "fallback";
  fallbackTo: "meeting" | "message" | null;
  createdAt: Instant;
  endedAt: Instant;
  asked: { memberId: MemberId; state: "claimed" | "withdrawn" }[];
};

/** A conversation as if it had happened: facts without holes, and what routing noted. */
export type ComposedTalk = {
  facts: Fact[];
  ownerId: MemberId | null;
  epoch: number;
  isOpen: boolean;
  request: ComposedRequest | null;
  decisions: DecisionLine[];
  /** When each appointment was booked. */
  booked: Map<string, Instant>;
  endAt: Instant;
};

const second = 1_000;
const minute = 60 * second;

export function composeTalk(talk: Talk, setting: TalkSetting): ComposedTalk {
  const facts: Fact[] = [];
  const decisions: DecisionLine[] = [];
  const booked = new Map<string, Instant>();
  let request: ComposedRequest | null = null;
  let ownerId: MemberId | null = null;
  let epoch = 0;
  let isOpen = true;
  let at = setting.startAt;

  const memberId = (name: PortraitName): MemberId => {
    const id = setting.members.get(name);
    if (id === undefined) throw new Error(`the demo has no member ${name}`);
    return id;
  };
  const add = (by: Author, body: Fact["body"], clientId?: Fact["clientId"]): void => {
    facts.push({ seq: facts.length + 1, at, by, body, ...(clientId ? { clientId } : {}) });
  };
  const decide = (
    step: DecisionLine["step"],
    repId: MemberId | null,
    reason: DecisionLine["reason"] = null,
  ) => {
    decisions.push({ at, step, repId, reason });
  };
  const owner = (): Author => (ownerId === null ? system : { kind: "rep", id: ownerId });
  const askForRep = (): ComposedRequest => {
    const id = setting.newRequestId();
    add(system, { kind: "rep_requested", requestId: id });
    decide("requested", null);
    return { id, state: "fallback", fallbackTo: null, createdAt: at, endedAt: at, asked: [] };
  };
  const own = (id: MemberId, how: "claimed" | "pounced" | "handed_over"): void => {
    ownerId = id;
    epoch += 1;
    add(system, { kind: "rep_joined", repId: id, how, epoch });
  };

  if (talk.isPounce && talk.rep !== null) {
    own(memberId(talk.rep), "pounced");
    decide("pounced", ownerId);
  }
  for (const step of talk.steps) {
    at += pauseBefore(step);
    switch (step.do) {
      case "visitor":
        add(visitor, { kind: "message", text: step.text }, setting.newClientId());
        break;
      case "rep":
        add(owner(), { kind: "message", text: step.text }, setting.newClientId());
        break;
      case "note":
        add(owner(), { kind: "note", text: step.text }, setting.newClientId());
        break;
      case "join": {
        if (talk.rep === null) throw new Error("nobody joins this talk");
        const taker = memberId(talk.rep);
        request = askForRep();
        for (const name of step.asked) decide("offered", memberId(name));
        at += 11 * second;
        decide("claimed", taker);
        request.state = "claimed";
        request.endedAt = at;
        request.asked = step.asked.map((name) => ({
          memberId: memberId(name),
          state: memberId(name) === taker ? "claimed" : "withdrawn",
        }));
        for (const each of request.asked) if (each.state === "withdrawn") decide("withdrawn", each.memberId);
        own(taker, "claimed");
        break;
      }
      case "fallback":
        request = askForRep();
        for (const id of setting.members.values()) decide("skipped", id, "OFFLINE");
        decide("fell_back", null);
        request.fallbackTo = step.to;
        add(system, { kind: "request_fell_back", requestId: request.id, to: step.to });
        break;
      case "hand_over": {
        add(owner(), { kind: "note", text: step.note });
        own(memberId(step.to), "handed_over");
        decide("handed_over", ownerId);
        break;
      }
      case "identify":
        add(visitor, { kind: "visitor_identified", ...setting.guest });
        break;
      case "offer_meeting":
        add(owner(), { kind: "meeting_offered", hostId: ownerId }, setting.newClientId());
        break;
      case "book": {
        const { id, hostId, startAt, endAt } = setting.meeting(step.appointment);
        add(visitor, { kind: "meeting_booked", meetingId: id, hostId, startAt, endAt });
        booked.set(step.appointment, at);
        break;
      }
      case "close":
        isOpen = false;
        add(system, { kind: "closed", by: step.by });
        break;
      case "pause":
        break;
    }
  }
  return { facts, ownerId, epoch, isOpen, request, decisions, booked, endAt: at };
}

const visitor: Author = { kind: "visitor" };
const system: Author = { kind: "system" };

/** People read, think and type; so that no two gaps look alike, the length of the text decides. */
function pauseBefore(step: TalkStep): number {
  switch (step.do) {
    case "visitor":
    case "rep":
      return 9 * second + step.text.length * 260;
    case "note":
      return 25 * second;
    case "hand_over":
      return 50 * second;
    case "book":
      return 95 * second;
    case "pause":
      return step.minutes * minute;
    case "close":
      return 70 * second;
    default:
      return 4 * second;
  }
}
