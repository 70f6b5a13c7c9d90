import type { Kysely } from "kysely";
import type { Database } from "../../db/tables.ts";
import { defineConsoleRoutes } from "../../web/route.ts";
import { showSetUp, skipStep } from "./show-set-up.ts";

export function setUpRoutes({ db }: { db: Kysely<Database> }) {
  return defineConsoleRoutes({
    "GET /api/me/set-up": {
      handle: ({ member }) => showSetUp(db, member),
    },
    "POST /api/me/set-up/skip": {
      handle: ({ member }, input) => skipStep(db, member, input),
    },
  });
}
