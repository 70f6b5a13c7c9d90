import type { Kysely } from "kysely";
import type { VisitorId, WorkspaceId } from "../../shared/model/ids.ts";
import type { BoardVisitor } from "../../shared/model/people.ts";
import type { Database } from "../db/tables.ts";
import type { Log } from "../log.ts";
import type { Bus } from "../realtime/hints.ts";
import { boardRoom } from "../realtime/rooms.ts";
import type { Emitter } from "../realtime/socket-server.ts";
import { boardDifference, thoseThatFit, toBoardVisitor } from "./board-visitor.ts";
import { boardRows } from "./store.ts";

type BoardDeps = { db: Kysely<Database>; bus: Bus; emitter: Emitter; log: Log };

const tickMs = 1_000;
/** Also without a hint: that is how somebody's silence shows. */
const mostTicksWithoutLook = 5;

export type LiveBoard = {
  /** The whole board; the caller has joined the board's room before. */
  load(workspaceId: WorkspaceId): Promise<BoardVisitor[]>;
  close(): void;
};

/**
 * One look at the database a second for each workspace whose board somebody watches, whatever the number of consoles;
 * only what differs from the last look is sent.
 */
export function createLiveBoard({ db, bus, emitter, log }: BoardDeps): LiveBoard {
  const boards = new Map<
    WorkspaceId,
    { last: Map<VisitorId, BoardVisitor>; isDirty: boolean; ticks: number }
  >();
  let isLooking = false;

  async function read(workspaceId: WorkspaceId): Promise<Map<VisitorId, BoardVisitor>> {
    const rows = await boardRows(db, workspaceId);
    return new Map(thoseThatFit(rows.map(toBoardVisitor)).map((visitor) => [visitor.id, visitor]));
  }

  async function look() {
    for (const [workspaceId, board] of boards) {
      const room = boardRoom(workspaceId);
      if (!emitter.repsIn(room)) {
        boards.delete(workspaceId);
        continue;
      }
      board.ticks += 1;
      if (!board.isDirty && board.ticks < mostTicksWithoutLook) continue;
      board.isDirty = false;
      board.ticks = 0;
      const now = await read(workspaceId);
      const difference = boardDifference(board.last, now);
      board.last = now;
      if (difference.changed.length > 0 || difference.gone.length > 0)
        emitter.toReps(room, "board:changed", difference);
    }
  }

  const timer = setInterval(() => {
    if (isLooking || boards.size === 0) return;
    isLooking = true;
    look()
      .catch((error: unknown) => log.warn({ err: error }, "the board could not be read"))
      .finally(() => {
        isLooking = false;
      });
  }, tickMs);

  const stop = bus.subscribe((hint) => {
    if (hint.kind === "missed") for (const board of boards.values()) board.isDirty = true;
    if (hint.kind !== "board" && hint.kind !== "conversation" && hint.kind !== "opened") return;
    const board = boards.get(hint.workspaceId);
    if (board !== undefined) board.isDirty = true;
  });

  return {
    async load(workspaceId) {
      const now = await read(workspaceId);
      if (!boards.has(workspaceId)) boards.set(workspaceId, { last: now, isDirty: false, ticks: 0 });
      return [...now.values()];
    },
    close() {
      clearInterval(timer);
      stop();
    },
  };
}
