import { z } from "zod";
import { idField, instantField, seqField, textField } from "./fields.ts";
import { limits } from "./limits.ts";
import type { RepAsks, RepAuth, RepTells } from "./rep-events.ts";

const conversationId = idField<"conversation">();
const clientId = idField<"client">();
const memberId = idField<"member">();
const visitorId = idField<"visitor">();
const offerId = idField<"offer">();
const epoch = seqField;
const nothing = z.object({});

export const repAuthSchema: z.ZodType<RepAuth> = z.object({ version: z.number().int() });

/** One schema for each question; a forgotten one does not compile. */
export const repAskSchemas: { [E in keyof RepAsks]: z.ZodType<RepAsks[E]["input"]> } = {
  "console:sync": nothing,
  "availability:set": z.object({ isAvailable: z.boolean() }),
  "board:watch": nothing,
  "board:unwatch": nothing,
  "visitor:show": z.object({ visitorId }),
  "visitor:pounce": z.object({ visitorId, clientId, text: textField(limits.messageChars) }),
  "offer:accept": z.object({ offerId }),
  "offer:decline": z.object({ offerId }),
  "conversation:list": z.object({
    view: z.enum(["mine", "team", "closed"]),
    before: instantField.nullable(),
  }),
  "conversation:watch": z.object({ conversationId, since: seqField }),
  "conversation:unwatch": z.object({ conversationId }),
  "conversation:history": z.object({ conversationId, before: seqField }),
  "conversation:take": z.object({ conversationId }),
  "conversation:hand_over": z.object({
    conversationId,
    epoch,
    toId: memberId,
    note: z.union([z.literal(""), textField(limits.noteChars)]),
  }),
  "conversation:close": z.object({ conversationId, epoch }),
  "message:send": z.object({ conversationId, epoch, clientId, text: textField(limits.messageChars) }),
  "note:add": z.object({ conversationId, clientId, text: textField(limits.noteChars) }),
  "meeting:offer": z.object({ conversationId, epoch, clientId, hostId: memberId.nullable() }),
  "marks:set": z.object({ conversationId, delivered: seqField, seen: seqField }),
  "conversation:why": z.object({ conversationId }),
};

export const repTellSchemas: { [E in keyof RepTells]: z.ZodType<RepTells[E]> } = {
  "typing:set": z.object({ conversationId, isTyping: z.boolean() }),
};
