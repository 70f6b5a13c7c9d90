import type { Kysely } from "kysely";
import type { OfferView } from "../../shared/model/conversations.ts";
import type { MemberId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import type { Log } from "../log.ts";
import type { Bus } from "../realtime/hints.ts";
import { memberRoom } from "../realtime/rooms.ts";
import type { Emitter } from "../realtime/socket-server.ts";
import { type OfferRow, offerRows } from "./store.ts";

type DeliverDeps = {
  db: Kysely<Database>;
  bus: Bus;
  emitter: Emitter;
  log: Log;
  /** Members with a console in this process. */
  localMembers(): MemberId[];
};

const lookAgainMs = 3_000;

/** Rings: at a hint, and every few seconds for what a lost hint would have told. */
export function deliverOffers({ db, bus, emitter, log, localMembers }: DeliverDeps): { close(): void } {
  function send(rows: readonly OfferRow[]) {
    for (const row of rows)
      emitter.toReps(memberRoom(row.member_id), "offer:changed", { offer: toOfferView(row) });
  }

  function attempt(work: Promise<readonly OfferRow[]>) {
    work.then(send, (error: unknown) => log.warn({ err: error }, "offers could not be delivered"));
  }

  const stop = bus.subscribe((hint) => {
    if (hint.kind === "offers") attempt(offerRows(db, { requestId: hint.requestId }));
    if (hint.kind === "missed") attempt(ringing(db, localMembers()));
  });
  const timer = setInterval(() => {
    const members = localMembers();
    if (members.length > 0) attempt(ringing(db, members));
  }, lookAgainMs);

  return {
    close() {
      stop();
      clearInterval(timer);
    },
  };
}

function ringing(db: Kysely<Database>, members: readonly MemberId[]) {
  return offerRows(db, { alertingFor: members });
}

/** What rings for a rep now. */
export async function ringingOffers(db: Kysely<Database>, memberId: MemberId): Promise<OfferView[]> {
  return (await ringing(db, [memberId])).map(toOfferView);
}

function toOfferView(row: OfferRow): OfferView {
  return {
    id: row.id,
    requestId: row.request_id,
    conversationId: row.conversation_id,
    state: row.state,
    visitor: {
      id: row.visitor_id,
      name: row.name,
      page: row.page === null ? null : { url: row.page.url, title: row.page.title },
      source: row.source ?? "Direct",
    },
    text: row.text,
    offeredAt: row.offered_at.getTime(),
    expiresAt: row.expires_at.getTime(),
    takenBy: row.owner_id,
  };
}
