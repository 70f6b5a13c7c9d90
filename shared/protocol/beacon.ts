import { z } from "zod";
import { pageUrlField, toldLineField, zoneField } from "./fields.ts";
import { limits } from "./limits.ts";

/** `POST /visitor/beacon`: the frame tells that it is there. `leave` is sent by `sendBeacon`; its answer is not read. */
export const beaconSchema = z.object({
  site: z.string().max(60),
  credential: z.string().max(200).nullable(),
  event: z.enum(["hello", "beat", "page", "leave"]),
  url: pageUrlField,
  title: toldLineField(limits.titleChars),
  referrer: z.union([z.literal(""), pageUrlField]),
  zone: zoneField.nullable(),
  language: z
    .string()
    .max(35)
    .regex(/^[A-Za-z0-9-]*$/)
    .nullable(),
  /** CSS pixels. */
  screenWidth: z.number().int().min(0).max(100_000),
});

export type Beacon = z.infer<typeof beaconSchema>;

/** What a beacon is answered. Fields that do not change are sent to `hello` only. */
export type BeaconAnswer = {
  ok: true;
  /** Handed out once, to a visitor without a valid one; kept in the frame's storage. */
  credential?: string;
  /** A teaser to show after `afterSeconds`. `face` is a path on our origin; null means none. */
  greeting?: { afterSeconds: number; text: string; name: string; title: string; face: string | null } | null;
  /** Messages above the visitor's seen mark. */
  unread: number;
  /** A rep wrote to this visitor, or the visitor has an open conversation: open the socket. */
  connect: boolean;
};
