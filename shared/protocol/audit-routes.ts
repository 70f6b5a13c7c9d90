import { z } from "zod";
import type { MemberId } from "../model/ids.ts";
import { type AuditLine, auditGroups } from "./audit.ts";
import { idField, instantField } from "./fields.ts";

/** All of the query, as strings; each narrows. */
const filter = {
  /** Done by this member, or to them. */
  person: idField<"member">().optional(),
  group: z.enum(auditGroups).optional(),
  /** From this instant on, and before that one. */
  from: z.coerce.number().pipe(instantField).optional(),
  to: z.coerce.number().pipe(instantField).optional(),
};

export const auditRouteSchemas = {
  /** Newest first. `before`: the id of the last line one has. */
  "GET /api/audit": z.object({
    ...filter,
    before: z
      .string()
      .regex(/^[0-9]{1,15}$/)
      .optional(),
  }),
  /** Everybody who may stand in a line, also those who left. */
  "GET /api/audit/people": z.object({}),
  /** The same lines as a file, without an end to their number. From a page of ours only. */
  "GET /api/audit/csv": z.object(filter),
} as const;

export type AuditFilter = {
  person?: MemberId | undefined;
  group?: (typeof auditGroups)[number] | undefined;
  from?: number | undefined;
  to?: number | undefined;
};

export type AuditPerson = { id: MemberId; name: string; isActive: boolean };

export type AuditRouteAnswers = {
  "GET /api/audit": { lines: AuditLine[]; hasMore: boolean };
  "GET /api/audit/people": { people: AuditPerson[] };
  /** The body is the file itself. */
  "GET /api/audit/csv": object;
};
