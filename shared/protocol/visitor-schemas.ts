import { z } from "zod";
import { emailField, idField, lineField, seqField, textField } from "./fields.ts";
import { limits } from "./limits.ts";
import type { VisitorAsks, VisitorAuth, VisitorTells } from "./visitor-events.ts";

const conversationId = idField<"conversation">();
const clientId = idField<"client">();

export const visitorAuthSchema: z.ZodType<VisitorAuth> = z.object({
  version: z.number().int(),
  credential: z.string().max(200),
});

/** One schema for each question; a forgotten one does not compile. */
export const visitorAskSchemas: { [E in keyof VisitorAsks]: z.ZodType<VisitorAsks[E]["input"]> } = {
  "conversation:sync": z.object({ conversationId: conversationId.nullable(), since: seqField }),
  "conversation:history": z.object({ conversationId, before: seqField }),
  "conversation:start": z.object({ clientId, text: textField(limits.messageChars) }),
  "message:send": z.object({ conversationId, clientId, text: textField(limits.messageChars) }),
  "request:again": z.object({ conversationId }),
  "visitor:identify": z.object({
    conversationId: conversationId.nullable(),
    name: lineField(limits.nameChars).nullable(),
    email: emailField.nullable(),
  }),
  "conversation:close": z.object({ conversationId }),
  "marks:set": z.object({ conversationId, delivered: seqField, seen: seqField }),
};

export const visitorTellSchemas: { [E in keyof VisitorTells]: z.ZodType<VisitorTells[E]> } = {
  "typing:set": z.object({ conversationId, isTyping: z.boolean() }),
};
