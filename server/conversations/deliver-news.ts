import type { Kysely } from "kysely";
import type { Fact } from "../../shared/model/facts.ts";
import type { ConversationId, VisitorId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import type { Log } from "../log.ts";
import type { Bus, Hint } from "../realtime/hints.ts";
import { teamRoom, visitorRoom, watchRoom } from "../realtime/rooms.ts";
import type { Emitter } from "../realtime/socket-server.ts";
import { catchUp } from "./catch-up.ts";
import { isShared, toVisitorFact } from "./fact-item.ts";
import { summariesOf } from "./list-conversations.ts";
import { factsBetween, marksOf, requestView } from "./store.ts";

type DeliverDeps = { db: Kysely<Database>; bus: Bus; emitter: Emitter; log: Log };

type RequestHint = Extract<Hint, { kind: "request" }>;

/** Lists and marks may come a moment later; facts may not. */
const gatherMs = 250;
/** Where very many lines change at once, each is told this often only: nobody reads faster. */
const lineEveryMs = 2_500;
const manyLines = 60;

/** Turns hints into news for the links of this process. What nobody here would hear is not even loaded. */
export function deliverNews({ db, bus, emitter, log }: DeliverDeps): { close(): void } {
  const changed = new Map<ConversationId, WorkspaceId>();
  /** When the line of a conversation was sent last; the long past is forgotten. */
  const lineSentAt = new Map<ConversationId, number>();
  const marked = new Map<ConversationId, VisitorId>();
  /** The latest hint of each request that is being told. */
  const requests = new Map<ConversationId, RequestHint>();
  let timer: NodeJS.Timeout | null = null;

  function attempt(work: () => Promise<void>) {
    work().catch((error: unknown) => log.warn({ err: error }, "news could not be delivered"));
  }

  function gather() {
    timer ??= setTimeout(() => {
      timer = null;
      if (changed.size > 0) attempt(sendSummaries);
      if (marked.size > 0) attempt(sendMarks);
      if (changed.size > 0) gather();
    }, gatherMs);
  }

  function sendFacts(conversationId: ConversationId, visitorId: VisitorId, facts: readonly Fact[]) {
    const rooms = { visitors: visitorRoom(visitorId), reps: watchRoom(conversationId) };
    if (facts.every(isShared)) {
      emitter.toBoth(rooms, "fact:new", { conversationId, facts: [...facts] });
      return;
    }
    emitter.toVisitors(rooms.visitors, "fact:new", { conversationId, facts: facts.map(toVisitorFact) });
    emitter.toReps(rooms.reps, "fact:new", { conversationId, facts: [...facts] });
  }

  async function loadFacts(hint: Extract<Hint, { kind: "facts" }>) {
    const { conversationId, visitorId, from, to } = hint;
    if (!emitter.visitorsIn(visitorRoom(visitorId)) && !emitter.repsIn(watchRoom(conversationId))) return;
    const range = { after: from - 1, upTo: to, most: to - from + 1, latest: false };
    sendFacts(conversationId, visitorId, await factsBetween(db, conversationId, range));
  }

  async function sendSummaries() {
    const now = performance.now();
    for (const [id, sentAt] of lineSentAt) if (now - sentAt >= lineEveryMs) lineSentAt.delete(id);
    const ids = [...changed.keys()].filter((id) => changed.size <= manyLines || !lineSentAt.has(id));
    if (ids.length === 0) return;
    const places = ids.map((id) => ({ id, workspaceId: changed.get(id) }));
    for (const id of ids) {
      changed.delete(id);
      lineSentAt.set(id, now);
    }
    try {
      await catchUp(db, ids);
      for (const { workspaceId, summary } of await summariesOf(db, ids)) {
        emitter.toReps(teamRoom(workspaceId), "conversation:changed", { conversation: summary });
      }
    } catch (error) {
      for (const { id, workspaceId } of places) if (workspaceId !== undefined) noteChange(workspaceId, id);
      throw error;
    }
  }

  async function sendMarks() {
    const waiting = new Map(marked);
    marked.clear();
    for (const [conversationId, marks] of await marksOf(db, [...waiting.keys()])) {
      const visitorId = waiting.get(conversationId);
      if (visitorId === undefined) continue;
      const rooms = { visitors: visitorRoom(visitorId), reps: watchRoom(conversationId) };
      emitter.toBoth(rooms, "marks:changed", { conversationId, marks });
    }
  }

  /** One look at a time for each conversation: of two at once the older could be told last. */
  function noteRequest(hint: RequestHint) {
    const isUnderWay = requests.has(hint.conversationId);
    requests.set(hint.conversationId, hint);
    if (!isUnderWay) attempt(() => sendRequests(hint.conversationId));
  }

  async function sendRequests(id: ConversationId) {
    let told: RequestHint | undefined;
    try {
      for (let hint = requests.get(id); hint !== told && hint !== undefined; hint = requests.get(id)) {
        told = hint;
        await sendRequest(hint);
      }
    } finally {
      requests.delete(id);
    }
  }

  async function sendRequest(hint: RequestHint) {
    const { conversationId, visitorId } = hint;
    const rooms = { visitors: visitorRoom(visitorId), reps: watchRoom(conversationId) };
    if (!emitter.visitorsIn(rooms.visitors) && !emitter.repsIn(rooms.reps)) return;
    const request = await requestView(db, conversationId);
    emitter.toBoth(rooms, "request:changed", { conversationId, request });
  }

  function noteChange(workspaceId: WorkspaceId, conversationId: ConversationId) {
    if (!emitter.repsIn(teamRoom(workspaceId))) return;
    changed.set(conversationId, workspaceId);
    gather();
  }

  /** A change of owner or state waits for no earlier line. */
  function noteTurn(workspaceId: WorkspaceId, conversationId: ConversationId) {
    lineSentAt.delete(conversationId);
    noteChange(workspaceId, conversationId);
  }

  const stop = bus.subscribe((hint, facts) => {
    if (hint.kind === "facts") {
      if (facts === null) attempt(() => loadFacts(hint));
      else sendFacts(hint.conversationId, hint.visitorId, facts);
      if (facts?.every((fact) => fact.body.kind === "message")) {
        noteChange(hint.workspaceId, hint.conversationId);
      } else noteTurn(hint.workspaceId, hint.conversationId);
    } else if (hint.kind === "conversation") {
      noteTurn(hint.workspaceId, hint.conversationId);
    } else if (hint.kind === "opened") {
      const { conversationId, visitorId } = hint;
      emitter.toVisitors(visitorRoom(visitorId), "conversation:opened", { conversationId });
      noteTurn(hint.workspaceId, conversationId);
    } else if (hint.kind === "request") {
      noteRequest(hint);
      noteTurn(hint.workspaceId, hint.conversationId);
    } else if (hint.kind === "marks") {
      marked.set(hint.conversationId, hint.visitorId);
      noteChange(hint.workspaceId, hint.conversationId);
      gather();
    } else if (hint.kind === "typing") {
      const { conversationId, by, isTyping } = hint;
      if (by !== "visitor") {
        emitter.toVisitors(visitorRoom(hint.visitorId), "typing:changed", {
          conversationId,
          repId: by,
          isTyping,
        });
      }
      emitter.toReps(watchRoom(conversationId), "typing:changed", { conversationId, by, isTyping });
    }
  });

  return {
    close() {
      stop();
      if (timer !== null) clearTimeout(timer);
    },
  };
}
