import { createModel, signal } from "@preact/signals";
import type { CannedReplyId } from "../../shared/model/ids.ts";
import type { CannedReply } from "../../shared/protocol/console-routes.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { ApiCall } from "../ports.ts";

export type CannedReplies = InstanceType<typeof CannedRepliesModel>;

/** The workspace's ready-made answers. */
export const CannedRepliesModel = createModel((call: ApiCall) => {
  const replies = signal<readonly CannedReply[] | null>(null);
  const problem = signal<ErrorCode | null>(null);
  const isSaving = signal(false);
  const byTitle = (a: CannedReply, b: CannedReply) => a.title.localeCompare(b.title);

  return {
    replies,
    problem,
    isSaving,
    async load() {
      const answer = await call("GET /api/canned-replies", {});
      problem.value = answer.ok ? null : answer.code;
      if (answer.ok) replies.value = [...answer.replies].sort(byTitle);
    },
    /** Answers with the saved reply's id, or null with `problem` set. */
    async save(id: CannedReplyId | null, title: string, text: string): Promise<CannedReplyId | null> {
      isSaving.value = true;
      problem.value = null;
      const answer = id
        ? await call("PUT /api/canned-replies/:id", { title, text }, id)
        : await call("POST /api/canned-replies", { title, text });
      isSaving.value = false;
      if (!answer.ok) {
        problem.value = answer.code;
        return null;
      }
      const others = (replies.peek() ?? []).filter((reply) => reply.id !== answer.reply.id);
      replies.value = [...others, answer.reply].sort(byTitle);
      return answer.reply.id;
    },
    async remove(id: CannedReplyId) {
      const answer = await call("POST /api/canned-replies/:id/delete", {}, id);
      problem.value = answer.ok ? null : answer.code;
      if (answer.ok) replies.value = (replies.peek() ?? []).filter((reply) => reply.id !== id);
    },
  };
});

/** What "/" and some letters find: titles first, then texts. */
export function matchReplies(replies: readonly CannedReply[], query: string): CannedReply[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === "") return [...replies];
  const inTitle = replies.filter((reply) => reply.title.toLowerCase().includes(wanted));
  const inText = replies.filter(
    (reply) => !inTitle.includes(reply) && reply.text.toLowerCase().includes(wanted),
  );
  return [...inTitle, ...inText];
}
