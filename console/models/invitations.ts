import { computed, createModel, effect, signal } from "@preact/signals";
import type { InvitationId, TeamId } from "../../shared/model/ids.ts";
import type { Role } from "../../shared/model/people.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type {
  InvitationLine,
  InviteOutcome,
  InvitePreview,
  InviteProblem,
} from "../../shared/protocol/invitation-routes.ts";
import type { ApiCall, RepLink } from "../ports.ts";

export type Invitations = InstanceType<typeof InvitationsModel>;
export type InviteWish = { text: string; role: Role; teamIds: TeamId[] };

const problems: readonly InviteOutcome[] = [
  "bad_address",
  "foreign_address",
  "surplus_cell",
  "unknown_role",
  "unknown_team",
] satisfies InviteProblem[];
/** For whom there is nothing to send, and nothing to mend. */
const settled: readonly InviteOutcome[] = ["member", "deactivated", "just_sent", "twice"];
const nothing: InviteWish = { text: "", role: "rep", teamIds: [] };

/** Whether the line must be mended before it sends anything. */
export function isProblem(outcome: InviteOutcome): outcome is InviteProblem {
  return problems.includes(outcome);
}

/** Who is invited, and who shall be: a wish that is looked over before anything is sent. */
export const InvitationsModel = createModel((call: ApiCall, link: RepLink) => {
  const invitations = signal<readonly InvitationLine[] | null>(null);
  const problem = signal<ErrorCode | null>(null);
  const wish = signal<InviteWish>(nothing);
  /** What sending this very wish would do; null: not looked over yet, or changed since. */
  const preview = signal<InvitePreview | null>(null);
  const wishProblem = signal<ErrorCode | null>(null);
  const isBusy = signal(false);
  /** Those that are being sent again or revoked. */
  const pending = signal<ReadonlySet<InvitationId>>(new Set());

  const count = (isCounted: (outcome: InviteOutcome) => boolean) =>
    preview.value?.lines.filter(({ outcome }) => isCounted(outcome)).length ?? 0;

  async function change(id: InvitationId, ask: () => Promise<ErrorCode | null>): Promise<ErrorCode | null> {
    if (pending.value.has(id)) return null;
    pending.value = new Set(pending.value).add(id);
    const code = await ask();
    pending.value = new Set([...pending.value].filter((each) => each !== id));
    // Used, revoked or overtaken by an account meanwhile: the list says so.
    if (code === "not_found" || code === "taken") await load();
    return code;
  }

  async function load(): Promise<void> {
    const answer = await call("GET /api/invitations", {});
    problem.value = answer.ok ? null : answer.code;
    if (answer.ok) invitations.value = answer.invitations;
  }

  // Another admin invited or revoked somebody, or somebody joined, while the list is known here.
  effect(() =>
    link.onNews("settings:changed", ({ of }) => {
      if (of === "people" && invitations.peek() !== null) void load();
    }),
  );

  return {
    invitations,
    problem,
    wish,
    preview,
    wishProblem,
    isBusy,
    pending,
    /** By what would happen. */
    counts: computed(() => ({
      new: count((outcome) => outcome === "new"),
      again: count((outcome) => outcome === "again"),
      here: count((outcome) => settled.includes(outcome)),
      problems: count(isProblem),
    })),
    load,
    /** An empty wish, for a dialog that opens. */
    begin() {
      wish.value = nothing;
      preview.value = null;
      wishProblem.value = null;
    },
    edit(changes: Partial<InviteWish>) {
      wish.value = { ...wish.value, ...changes };
      preview.value = null;
      wishProblem.value = null;
    },
    /** Back to the wish, with what was typed. */
    mend() {
      preview.value = null;
      wishProblem.value = null;
    },
    async check() {
      if (isBusy.value || wish.value.text.trim() === "") return;
      isBusy.value = true;
      const asked = wish.value;
      const answer = await call("POST /api/invitations/preview", asked);
      isBusy.value = false;
      if (wish.value !== asked) return;
      wishProblem.value = answer.ok ? null : answer.code;
      if (answer.ok) preview.value = { lines: answer.lines, unreadTitles: answer.unreadTitles };
    },
    /** Answers how many mails are on their way; null with `wishProblem` set. */
    async send(): Promise<number | null> {
      if (isBusy.value || preview.value === null) return null;
      isBusy.value = true;
      const answer = await call("POST /api/invitations", wish.value);
      isBusy.value = false;
      wishProblem.value = answer.ok ? null : answer.code;
      if (!answer.ok) return null;
      invitations.value = answer.invitations;
      return answer.sent;
    },
    sendAgain: (id: InvitationId) =>
      change(id, async () => {
        const answer = await call("POST /api/invitations/:id/again", {}, id);
        if (!answer.ok) return answer.code;
        invitations.value = (invitations.peek() ?? []).map((line) =>
          line.id === id ? answer.invitation : line,
        );
        return null;
      }),
    revoke: (id: InvitationId) =>
      change(id, async () => {
        const answer = await call("POST /api/invitations/:id/revoke", {}, id);
        if (!answer.ok) return answer.code;
        invitations.value = (invitations.peek() ?? []).filter((line) => line.id !== id);
        return null;
      }),
  };
});
