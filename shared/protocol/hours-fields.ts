import { z } from "zod";

// Wall-clock times within a week: of a member's hours, and of a meeting type's own.

const span = z
  .object({ start: z.number().int().min(0).max(1_439), end: z.number().int().min(1).max(2_880) })
  .refine(
    (value) => value.end > value.start && value.end - value.start <= 1_440,
    "a span ends after it starts, within a day",
  );

/** Spans of one day in order and apart from each other. */
export const spansField = z
  .array(span)
  .max(12)
  .refine(
    (list) => list.every((value, index) => index === 0 || value.start >= (list[index - 1]?.end ?? 0)),
    "spans overlap",
  );

const weekday = z.union([
  z.literal(1),
  z.literal(2),
  z.literal(3),
  z.literal(4),
  z.literal(5),
  z.literal(6),
  z.literal(7),
]);

export const weeklyField = z.array(z.object({ weekday, spans: spansField })).max(7);
