import type { Kysely } from "kysely";
import type { MemberId, WorkspaceId } from "../../../shared/model/ids.ts";
import type { Database } from "../../db/tables.ts";
import { queueMail } from "../../mail/queue-mail.ts";
import { renderMail } from "../../mail/render-mail.ts";
import { mailBrand } from "./mail-brand.ts";
import { adminRows } from "./store.ts";

type Deps = { db: Kysely<Database>; publicUrl: string };

type Word = {
  /** The same word is mailed once. */
  key: string;
  heading(zone: string): string;
  text: string;
  button: string;
  /** The part of the settings that the button leads to. */
  path: "workspace" | "danger" | "integrations";
  /** Has been told otherwise. */
  except?: MemberId;
  footer: string;
};

/** A mail to every admin, in the caller's transaction. */
export async function tellAdmins(
  { db, publicUrl }: Deps,
  workspaceId: WorkspaceId,
  word: Word,
): Promise<void> {
  const brand = await mailBrand(db, { publicUrl }, workspaceId);
  for (const admin of await adminRows(db, workspaceId)) {
    if (admin.id === word.except) continue;
    const heading = word.heading(admin.zone);
    await queueMail(
      db,
      { publicUrl },
      {
        workspaceId,
        dedupe: `${word.key}/${admin.id}`,
        to: { name: `${admin.first_name} ${admin.last_name}`.trim(), address: admin.email },
        replyTo: null,
        mail: renderMail(
          {
            subject: heading,
            preview: word.text.slice(0, 120),
            blocks: [
              { kind: "heading", text: heading },
              { kind: "text", text: word.text },
              {
                kind: "actions",
                actions: [
                  { text: word.button, url: `${publicUrl}/console/settings/${word.path}`, isMain: true },
                ],
              },
            ],
            footer: word.footer,
          },
          brand,
        ),
      },
    );
  }
}
