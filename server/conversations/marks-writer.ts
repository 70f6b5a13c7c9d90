import type { Kysely } from "kysely";
import type { ConversationId, VisitorId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import type { Log } from "../log.ts";
import type { Bus } from "../realtime/hints.ts";
import { type MarkChange, saveMarks } from "./store.ts";

type Mark = MarkChange & { workspaceId: WorkspaceId; visitorId: VisitorId };

/** Notes how far a side has received and seen; gathered, since a mark that comes a moment later harms nobody. */
export type MarksWriter = { set(mark: Mark): void; close(): Promise<void> };

const gatherMs = 40;

export function createMarksWriter({
  db,
  bus,
  log,
}: {
  db: Kysely<Database>;
  bus: Bus;
  log: Log;
}): MarksWriter {
  const waiting = new Map<string, Mark>();
  let timer: NodeJS.Timeout | null = null;

  async function flush() {
    timer = null;
    const marks = [...waiting.values()];
    waiting.clear();
    if (marks.length === 0) return;
    try {
      const moved = await saveMarks(db, marks);
      for (const mark of marks) {
        if (!moved.delete(mark.id)) continue;
        const { workspaceId, visitorId } = mark;
        bus.publish({ kind: "marks", workspaceId, conversationId: mark.id, visitorId });
      }
    } catch (error) {
      log.warn({ err: error, count: marks.length }, "marks could not be saved");
    }
  }

  return {
    set(mark) {
      const key = markKey(mark.id, mark.side);
      const before = waiting.get(key);
      waiting.set(key, {
        ...mark,
        delivered: Math.max(mark.delivered, before?.delivered ?? 0),
        seen: Math.max(mark.seen, before?.seen ?? 0),
      });
      timer ??= setTimeout(() => void flush(), gatherMs);
    },
    async close() {
      if (timer !== null) clearTimeout(timer);
      await flush();
    },
  };
}

function markKey(id: ConversationId, side: string): string {
  return `${id} ${side}`;
}
