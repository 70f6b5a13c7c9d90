import { z } from "zod";
import type { Instant, MemberId, SiteId, TeamId } from "../model/ids.ts";
import type { SessionView } from "../model/session.ts";
import { emailField, idField, lineField, textField, wordsField, zoneField } from "./fields.ts";
import { limits } from "./limits.ts";
import type { SiteLook } from "./site-look.ts";
import { isOrigin } from "./site-origin.ts";

// The first run, the workspace and its sites, what is kept and for how long, and the end of it all.

/** The page behind the link that the server prints; the secret stands behind `#`. */
export const firstRunPath = "/console/first-run";

const colorField = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, "a colour is # and six hexadecimal digits")
  .transform((value) => value.toLowerCase());
const originField = z.string().max(300).refine(isOrigin, "not an origin as browsers write it");
const companyName = lineField(limits.nameChars);

/** The secret behind the `#` of the link that the server prints; what cannot be one is refused like one that is over. */
const firstRunSecret = wordsField(200);

export const greetingField = z.object({
  text: textField(limits.greetingChars),
  afterSeconds: z.number().int().min(0).max(600),
  memberId: idField<"member">(),
});

const site = z.object({
  name: companyName,
  origins: z.array(originField).min(1).max(limits.siteOrigins),
  look: z.object({ color: colorField, position: z.enum(["right", "left"]), companyName }),
  greeting: greetingField.nullable(),
});

export const retentionDaysField = z.number().int().min(1).max(3_650);

export const workspaceRouteSchemas = {
  /** Whether the link can still be used. */
  "POST /api/first-run/look": z.object({ secret: firstRunSecret }),
  /** Makes the workspace, its first admin and its first site, once, and signs the admin in. */
  "POST /api/first-run": z.object({
    secret: firstRunSecret,
    companyName,
    color: colorField,
    firstName: lineField(limits.nameChars),
    lastName: lineField(limits.nameChars),
    email: emailField,
    password: z.string().min(1).max(limits.passwordChars),
    zone: zoneField,
    origin: originField,
  }),
  "GET /api/workspace": z.object({}),
  "PUT /api/workspace": z.object({ name: companyName, color: colorField }),
  /** Base64 of a PNG or JPG that the page has already made small. Null takes the logo away. */
  "PUT /api/workspace/logo": z.object({ image: z.base64().max(limits.logoBase64Chars).nullable() }),
  "PUT /api/workspace/retention": z.object({ days: retentionDaysField.nullable() }),
  /** What would be removed right away. */
  "GET /api/workspace/retention/preview": z.object({ days: z.coerce.number().pipe(retentionDaysField) }),
  "GET /api/sites": z.object({}),
  "POST /api/sites": z.object({ name: companyName, origin: originField }),
  "PUT /api/sites/:id": site,
  /** Who answers and is booked there; null: everybody. */
  "PUT /api/sites/:id/team": z.object({ teamId: idField<"team">().nullable() }),
  "POST /api/sites/:id/remove": z.object({}),
  /** What the file would hold; asks for a proof, so that the download after it needs no more questions. */
  "GET /api/workspace/export/contents": z.object({}),
  /** The file itself: lines of JSON, sent as they are read. */
  "GET /api/workspace/export": z.object({}),
  /** `name` is the workspace's, typed by hand. */
  "POST /api/workspace/deletion": z.object({ name: wordsField(limits.nameChars) }),
  "POST /api/workspace/deletion/cancel": z.object({}),
} as const;

export type Workspace = {
  name: string;
  color: string;
  /** A path on our origin. */
  logoUrl: string | null;
  /** Closed conversations older than this are removed; null keeps them. */
  retentionDays: number | null;
  /** Set while the whole workspace is about to be deleted. */
  deletion: { at: Instant; askedBy: string | null } | null;
};

export type SiteGreeting = { text: string; afterSeconds: number; memberId: MemberId };

export type SiteView = {
  id: SiteId;
  name: string;
  publicKey: string;
  origins: string[];
  look: SiteLook;
  greeting: SiteGreeting | null;
  /** Who answers and is booked there; null: everybody. */
  teamId: TeamId | null;
  /** The tag was last seen there; to the minute. */
  seen: { at: Instant; origin: string; path: string } | null;
  /** The tag asked from there, which is not on the list. */
  refused: { at: Instant; origin: string } | null;
};

export type ExportContents = { tables: { name: string; rows: number }[] };

type Sites = { sites: SiteView[]; scriptUrl: string; now: Instant };
type OneSite = { site: SiteView; scriptUrl: string };

export type WorkspaceRouteAnswers = {
  "POST /api/first-run/look": object;
  "POST /api/first-run": { session: SessionView } & OneSite;
  "GET /api/workspace": { workspace: Workspace };
  "PUT /api/workspace": { workspace: Workspace };
  "PUT /api/workspace/logo": { workspace: Workspace };
  "PUT /api/workspace/retention": { workspace: Workspace };
  "GET /api/workspace/retention/preview": { conversations: number; meetings: number; visitors: number };
  /** `scriptUrl`: of the tag, on our origin. */
  "GET /api/sites": Sites;
  "POST /api/sites": OneSite;
  "PUT /api/sites/:id": OneSite;
  "PUT /api/sites/:id/team": OneSite;
  "POST /api/sites/:id/remove": object;
  "GET /api/workspace/export/contents": ExportContents;
  "GET /api/workspace/export": object;
  "POST /api/workspace/deletion": { workspace: Workspace };
  "POST /api/workspace/deletion/cancel": { workspace: Workspace };
};
