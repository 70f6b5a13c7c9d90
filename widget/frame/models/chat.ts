import { computed, createModel, effect, signal } from "@preact/signals";
import type { ClientId, MemberId } from "../../../shared/model/ids.ts";
import type { GuestMeeting } from "../../../shared/model/meetings.ts";
import type { RepCard } from "../../../shared/model/people.ts";
import type { BookedAnswer } from "../../../shared/protocol/visitor-routes.ts";
import type { Kept } from "../host.ts";
import type { Asked, Clock, VisitorLink } from "../link.ts";
import type { BookingModel } from "./booking.ts";
import { ConnectionModel } from "./connection.ts";
import { OutboxModel } from "./outbox.ts";
import { ReadingModel } from "./reading.ts";
import { ThreadModel } from "./thread.ts";
import { TypingModel } from "./typing.ts";

type ChatParts = {
  link: VisitorLink;
  kept: Kept;
  clock: Clock;
  clientId: () => ClientId;
  /** A booked meeting as it is by now. */
  look: (manageUrl: string) => Promise<Asked<{ meeting: GuestMeeting }>>;
};

/** What the panel shows: the conversation, or the booker for one host or for any of the team. */
export type PanelView = { kind: "chat" } | { kind: "book"; host: "any" | MemberId };

type Steps = Pick<BookingModel, "step" | "back">;

/** Everything behind the panel. */
export const ChatModel = createModel((parts: ChatParts) => {
  const { link, kept, clock } = parts;
  const thread = new ThreadModel(link);
  const withThread = { ...parts, thread };
  const outbox = new OutboxModel(withThread);
  const connection = new ConnectionModel(withThread);
  const reading = new ReadingModel(withThread);
  const typing = new TypingModel(withThread);

  const isOpen = signal(false);
  const isInFront = signal(true);
  const view = signal<PanelView>({ kind: "chat" });
  const isAskPutOff = signal(false);
  /** The booking on the screen, once its code has come. */
  let booking: Steps | null = null;
  const who = signal<{ name: string; email: string }>(readWho(kept));
  const booked = signal<BookedAnswer | null>(null);

  effect(() => reading.setLooking(isOpen.value && isInFront.value && view.value.kind === "chat"));

  /** Told to the server as soon as there is a line. */
  let untold: { name: string | null; email: string | null } | null = null;
  const tellWho = async () => {
    const telling = untold;
    if (!telling) return;
    const conversationId = thread.thread.peek()?.id ?? null;
    const answer = await link.ask("visitor:identify", { conversationId, ...telling });
    if (untold === telling && (answer.ok || answer.code === "invalid_input")) untold = null;
  };
  const identify = (name: string | null, email: string | null) => {
    untold = { name, email };
    who.value = { name: name ?? who.peek().name, email: email ?? who.peek().email };
    kept.set("who", JSON.stringify(who.peek()));
    void tellWho();
  };
  effect(() => {
    if (connection.isUp.value) void tellWho();
  });
  const keepMeeting = (next: BookedAnswer | null) => {
    booked.value = next;
    kept.set("meeting", next?.manageUrl ?? null);
  };
  /** Where it is held may be known by now; and it may be over, moved or cancelled. */
  const lookAtMeeting = async () => {
    const manageUrl = kept.get("meeting");
    if (!manageUrl) return;
    const answer = await parts.look(manageUrl);
    if (answer.ok ? answer.meeting.endAt < clock.now() : answer.code !== "unavailable") keepMeeting(null);
    else if (answer.ok) booked.value = { meeting: answer.meeting, manageUrl };
  };
  const close = async () => {
    const held = thread.thread.peek();
    if (held) await link.ask("conversation:close", { conversationId: held.id });
  };

  return {
    thread,
    outbox,
    connection,
    reading,
    typing,
    isOpen: computed(() => isOpen.value),
    view: computed(() => view.value),
    who: computed(() => who.value),
    /** The last meeting booked in this browser, while it lies ahead. */
    booked: computed(() => booked.value),
    keepMeeting,
    owner: computed((): RepCard | null => {
      const id = thread.thread.value?.ownerId;
      return (id && thread.cards.value.get(id)) || null;
    }),
    /** Ask for an address: words were left and the person who reads them may come back later. */
    wantsEmail: computed(() => {
      const held = thread.thread.value;
      const hasWritten = held?.facts.some(({ by, body }) => by.kind === "visitor" && body.kind === "message");
      return !!hasWritten && !held?.ownerId && !who.value.email && !isAskPutOff.value;
    }),
    setOpen(next: boolean) {
      if (next && !isOpen.peek()) void lookAtMeeting();
      isOpen.value = next;
    },
    setInFront(next: boolean) {
      isInFront.value = next;
    },
    show(next: PanelView) {
      view.value = next;
    },
    setBooking(next: Steps | null) {
      booking = next;
    },
    /** One step: from the booker's form to the times, from the times to the conversation. */
    back() {
      const step = booking?.step.peek();
      if (step?.kind !== "details") view.value = { kind: "chat" };
      else if (!step.isBooking) booking?.back();
    },
    putOffAsk() {
      isAskPutOff.value = true;
    },
    identify,
    close,
    async askAgain() {
      const held = thread.thread.peek();
      if (held) await link.ask("request:again", { conversationId: held.id });
    },
    now: () => clock.now(),
  };
});

export type ChatModel = InstanceType<typeof ChatModel>;

function readWho(kept: Kept): { name: string; email: string } {
  try {
    return { name: "", email: "", ...JSON.parse(kept.get("who") ?? "{}") };
  } catch {
    return { name: "", email: "" };
  }
}
