import { z } from "zod";
import type { Instant, PhoneCodeId } from "../model/ids.ts";
import type { SessionView } from "../model/session.ts";

// Apps and phones that a signed-in person lets in.

/** As typed or pasted: any case, with or without the dash. */
const userCode = z.string().max(40);
/** 256 bits, from behind the `#` of a link. */
const secret = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

export const appsRouteSchemas = {
  /** Who asks with this code. Tries are counted; unknown, used and expired codes are refused alike. */
  "POST /api/apps/look": z.object({ userCode }),
  "POST /api/apps/answer": z.object({ userCode, isAllowed: z.boolean() }),
  /** A code for this session's screen; it takes the place of the one before. */
  "POST /api/phone-codes": z.object({}),
  "GET /api/phone-codes/:id": z.object({}),
  /** "Is this your phone?" */
  "POST /api/phone-codes/:id/answer": z.object({ isMine: z.boolean() }),
  "POST /api/phone-codes/:id/withdraw": z.object({}),
  /** On the phone, by the secret it read: who would be signed in. */
  "POST /api/phone-sign-in/look": z.object({ secret }),
  /** Takes the code for this phone: the first one wins, the console is asked. */
  "POST /api/phone-sign-in/claim": z.object({ secret }),
  /** Asked again and again until the console has answered. */
  "POST /api/phone-sign-in/finish": z.object({ claim: secret }),
} as const;

export type AskingApp = {
  /** What the app calls itself; nobody has proven it. */
  appName: string;
  /** What it says it runs on; may be empty. */
  device: string;
  /** Whether it asks from the network that the person is on now. */
  isSameNetwork: boolean;
  askedAt: Instant;
};

/** `open`: on the screen, nobody has read it. `over`: past its time, withdrawn, or its session ended. */
export type PhoneCodeState = "open" | "claimed" | "confirmed" | "refused" | "used" | "over";

export type PhoneCodeView = {
  state: PhoneCodeState;
  /** Of the phone that claimed it, such as "Safari on iOS". */
  phoneLabel: string | null;
  /** Two digits, on both screens. */
  number: number | null;
};

export type AppsRouteAnswers = {
  "POST /api/apps/look": { app: AskingApp };
  "POST /api/apps/answer": { app: AskingApp };
  /** `link` holds the secret behind its `#`. */
  "POST /api/phone-codes": { id: PhoneCodeId; link: string; expiresAt: Instant };
  "GET /api/phone-codes/:id": PhoneCodeView;
  "POST /api/phone-codes/:id/answer": PhoneCodeView;
  "POST /api/phone-codes/:id/withdraw": object;
  "POST /api/phone-sign-in/look": { firstName: string; lastName: string; workspaceName: string };
  "POST /api/phone-sign-in/claim": { claim: string; number: number };
  "POST /api/phone-sign-in/finish": { isWaiting: true } | { isWaiting: false; session: SessionView };
};
