import { batch, computed, createModel, signal } from "@preact/signals";
import type { MeetingDetails } from "../../shared/model/meetings.ts";
import type { Answer, ErrorCode } from "../../shared/protocol/errors.ts";
import type { DetailsProblem, MyMeetingDetails } from "../../shared/protocol/meeting-details-routes.ts";
import type { ApiCall } from "../ports.ts";

export type MeetingDetailsState = InstanceType<typeof MeetingDetailsModel>;
export type DetailsField = keyof MeetingDetails;

const detailsProblems: readonly DetailsProblem[] = [
  "scheduler",
  "not_https",
  "not_connected",
  "no_phone",
  "no_link",
];

/** How guests meet me: a draft beside what is saved. */
export const MeetingDetailsModel = createModel((call: ApiCall) => {
  const saved = signal<MyMeetingDetails | null>(null);
  const draft = signal<MeetingDetails | null>(null);
  const problem = signal<ErrorCode | null>(null);
  /** The field that the server refused, and why. */
  const refused = signal<{ field: DetailsField; reason: DetailsProblem | null } | null>(null);
  const isSaving = signal(false);
  const isSaved = signal(false);
  const isDirty = computed(
    () => JSON.stringify(draft.value) !== JSON.stringify(saved.value?.details ?? null),
  );

  function take(answer: Answer<MyMeetingDetails>, keepsDraft: boolean): void {
    batch(() => {
      problem.value = answer.ok ? null : answer.code;
      if (!answer.ok) return;
      saved.value = answer;
      if (!keepsDraft) draft.value = answer.details;
    });
  }

  return {
    saved,
    draft,
    problem,
    refused,
    isSaving,
    isSaved,
    isDirty,
    /** What is being typed stays. */
    async load() {
      const answer = await call("GET /api/me/meeting-details", {});
      take(answer, draft.peek() !== null && isDirty.peek());
    },
    edit(change: Partial<MeetingDetails>) {
      if (draft.value === null) return;
      batch(() => {
        draft.value = draft.value && { ...draft.value, ...change };
        isSaved.value = false;
        if (refused.value && refused.value.field in change) refused.value = null;
      });
    },
    undo() {
      batch(() => {
        draft.value = saved.value?.details ?? null;
        refused.value = null;
        problem.value = null;
      });
    },
    /** True when it is saved. */
    async save(): Promise<boolean> {
      const sent = draft.value;
      if (sent === null || isSaving.value) return false;
      isSaving.value = true;
      // A link that is not used is not shown either: what was typed of it is nobody's concern, and cannot be refused.
      const linkUrl = sent.video === "link" ? sent.linkUrl : (saved.value?.details.linkUrl ?? "");
      const answer = await call("PUT /api/me/meeting-details", { ...sent, linkUrl });
      batch(() => {
        isSaving.value = false;
        refused.value = null;
        if (!answer.ok && answer.code === "invalid_input" && isField(answer.field, sent)) {
          problem.value = null;
          refused.value = {
            field: answer.field,
            reason: detailsProblems.find((each) => each === answer.reason) ?? null,
          };
          return;
        }
        take(answer, draft.peek() !== sent);
        isSaved.value = answer.ok;
      });
      return answer.ok;
    },
  };
});

function isField(field: string | undefined, details: MeetingDetails): field is DetailsField {
  return field !== undefined && Object.hasOwn(details, field);
}
