import type { Kysely } from "kysely";
import type { Instant } from "../../shared/model/ids.ts";
import { photoUrl } from "../accounts/rep-card.ts";
import { loadRepCards } from "../accounts/team.ts";
import type { Database } from "../db/tables.ts";
import type { Log } from "../log.ts";
import { queueMail } from "../mail/queue-mail.ts";
import { renderMail } from "../mail/render-mail.ts";
import { resumeUrl } from "../visitors/resume-visitor.ts";
import { missedReplies, saveMailed } from "./lists-store.ts";
import { factsBetween, lockById } from "./store.ts";

type MissedDeps = {
  db: Kysely<Database>;
  config: { publicUrl: string; secretKey: string };
  now(): Instant;
  log: Log;
};

/** One look: mails what reps wrote to visitors who have left, with a link back into the conversation. */
export async function mailMissedReplies({ db, config, now, log }: MissedDeps): Promise<void> {
  for (const missed of await missedReplies(db)) {
    try {
      await db.transaction().execute(async (trx) => {
        const conversation = await lockById(trx, missed.workspaceId, missed.id);
        if (conversation === null) return;
        const range = { after: missed.after, upTo: conversation.lastSeq, most: 50, latest: false };
        const facts = await factsBetween(trx, conversation.id, range);
        const replies = facts.flatMap((fact) =>
          fact.by.kind === "rep" && fact.body.kind === "message"
            ? [{ fact, repId: fact.by.id, text: fact.body.text }]
            : [],
        );
        const last = replies[replies.length - 1];
        if (last === undefined) return saveMailed(trx, conversation.id, conversation.lastSeq);
        const [rep] = await loadRepCards(trx, conversation.workspaceId, [last.repId]);
        const repName = rep === undefined ? missed.companyName : `${rep.firstName} ${rep.lastName}`;
        await queueMail(trx, config, {
          workspaceId: conversation.workspaceId,
          dedupe: `reply/${conversation.id}/${last.fact.seq}`,
          to: { name: missed.visitorName ?? "", address: missed.visitorEmail },
          replyTo: null,
          conversationId: conversation.id,
          mail: renderMail(
            {
              subject: `${repName} replied to you`,
              preview: last.text.slice(0, 120),
              blocks: [
                { kind: "heading", text: `${repName} replied to you` },
                ...(rep === undefined
                  ? []
                  : [
                      {
                        kind: "person" as const,
                        name: repName,
                        title: rep.jobTitle,
                        photoUrl: rep.photoUrl === null ? null : `${config.publicUrl}${rep.photoUrl}`,
                      },
                    ]),
                ...replies.map(({ text }) => ({ kind: "quote" as const, text })),
                {
                  kind: "actions",
                  actions: [
                    {
                      text: "Continue the conversation",
                      url: resumeUrl(config, conversation.visitorId, now()),
                      isMain: true,
                    },
                  ],
                },
              ],
              footer: `You get this mail because you left your address in a chat with ${missed.companyName}.`,
            },
            {
              companyName: missed.companyName,
              color: missed.color,
              logoUrl:
                missed.logoId === null ? null : `${config.publicUrl}${photoUrl(missed.logoId, "large")}`,
            },
          ),
        });
        return saveMailed(trx, conversation.id, last.fact.seq);
      });
    } catch (error) {
      log.warn({ err: error, conversationId: missed.id }, "a missed reply could not be mailed");
    }
  }
}

const everyMs = 5_000;

/** Looks every few seconds; in the worker. */
export function startMailingMissedReplies(deps: MissedDeps): { close(): Promise<void> } {
  let isLooking: Promise<void> | null = null;
  const timer = setInterval(() => {
    isLooking ??= mailMissedReplies(deps)
      .catch((error: unknown) => deps.log.warn({ err: error }, "missed replies could not be looked for"))
      .finally(() => {
        isLooking = null;
      });
  }, everyMs);
  return {
    async close() {
      clearInterval(timer);
      await isLooking;
    },
  };
}
