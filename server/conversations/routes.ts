import type { Kysely } from "kysely";
import type { Database } from "../db/tables.ts";
import { defineConsoleRoutes } from "../web/route.ts";
import { searchConversations } from "./search-conversations.ts";

/** Search in messages and visitors. */
export function conversationRoutes({ db }: { db: Kysely<Database> }) {
  return defineConsoleRoutes({
    "GET /api/search": {
      handle: async ({ member }, { q }) => ({ hits: await searchConversations(db, member.workspaceId, q) }),
    },
  });
}
