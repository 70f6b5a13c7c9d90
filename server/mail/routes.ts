import type { Kysely } from "kysely";
import type { MailId } from "../../shared/model/ids.ts";
import type { Database } from "../db/tables.ts";
import { type ConsoleRoutes, defineConsoleRoutes } from "../web/route.ts";
import type { MailTransport } from "./port.ts";
import { listMails, showMail } from "./show-mailbox.ts";

type MailRouteDeps = { db: Kysely<Database>; transport: Pick<MailTransport, "keepsMails"> };

export function mailRoutes(deps: MailRouteDeps): ConsoleRoutes<"GET /api/mails" | "GET /api/mails/:id"> {
  return defineConsoleRoutes({
    "GET /api/mails": {
      handle: async ({ member }) => ({ mails: await listMails(deps, member.workspaceId) }),
    },
    "GET /api/mails/:id": {
      // The path was checked to be a UUID.
      handle: async ({ member }, _, { id }) => ({
        mail: await showMail(deps, member.workspaceId, id as MailId),
      }),
    },
  });
}
