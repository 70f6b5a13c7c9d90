import { batch, computed, createModel, signal } from "@preact/signals";
import type { Instant, LocalDay, MemberId } from "../../shared/model/ids.ts";
import type { AuditGroup, AuditLine } from "../../shared/protocol/audit.ts";
import type { AuditPerson } from "../../shared/protocol/audit-routes.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { ApiCall } from "../ports.ts";

export type Audit = InstanceType<typeof AuditModel>;
/** Null does not narrow. Days are those of this browser, both included. */
export type AuditNarrow = {
  person: MemberId | null;
  group: AuditGroup | null;
  fromDay: LocalDay | null;
  toDay: LocalDay | null;
};

const nothing: AuditNarrow = { person: null, group: null, fromDay: null, toDay: null };

/** The audit log, as far as it was scrolled, narrowed. */
export const AuditModel = createModel((call: ApiCall) => {
  const narrow = signal<AuditNarrow>(nothing);
  const lines = signal<readonly AuditLine[] | null>(null);
  const people = signal<readonly AuditPerson[]>([]);
  const hasMore = signal(false);
  const isLoading = signal(false);
  const problem = signal<ErrorCode | null>(null);
  /** Only the answer to the latest question counts. */
  let asked = 0;

  async function ask(before: string | null): Promise<void> {
    asked += 1;
    const mine = asked;
    isLoading.value = true;
    problem.value = null;
    const answer = await call("GET /api/audit", { ...queryOf(narrow.peek()), ...(before && { before }) });
    if (mine !== asked) return;
    batch(() => {
      isLoading.value = false;
      if (!answer.ok) {
        problem.value = answer.code;
        return;
      }
      lines.value = before === null ? answer.lines : [...(lines.peek() ?? []), ...answer.lines];
      hasMore.value = answer.hasMore;
    });
  }

  return {
    narrow,
    lines,
    people,
    hasMore,
    isLoading,
    problem,
    isNarrowed: computed(() => Object.values(narrow.value).some((value) => value !== null)),
    /** Where the same lines are to be had as a file. */
    csvPath: computed(() => {
      const query = new URLSearchParams(queryOf(narrow.value));
      return query.size === 0 ? "/api/audit/csv" : `/api/audit/csv?${query}`;
    }),
    async load() {
      const [, answer] = await Promise.all([ask(null), call("GET /api/audit/people", {})]);
      if (answer.ok) people.value = answer.people;
    },
    async more() {
      const last = lines.value?.at(-1);
      if (last && !isLoading.value) await ask(last.id);
    },
    async set(change: Partial<AuditNarrow>) {
      narrow.value = { ...narrow.value, ...change };
      await ask(null);
    },
    async clear() {
      narrow.value = nothing;
      await ask(null);
    },
  };
});

function queryOf({ person, group, fromDay, toDay }: AuditNarrow): Record<string, string> {
  return {
    ...(person && { person }),
    ...(group && { group }),
    ...(fromDay && { from: String(startOfDay(fromDay, 0)) }),
    ...(toDay && { to: String(startOfDay(toDay, 1)) }),
  };
}

/** The first instant of a local day, or of one so many days later: a day may have 23 or 25 hours. */
function startOfDay(day: LocalDay, later: number): Instant {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date + later).getTime();
}
