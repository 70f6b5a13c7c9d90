import { z } from "zod";

// What apps that sign in through the browser say and hear: RFC 8628, its errors those of RFC 6749. Form-encoded questions,
// JSON answers in the RFC's own words.

export const deviceCodeGrant = "urn:ietf:params:oauth:grant-type:device_code";

/** What the app calls itself. Nothing is registered: whoever asks is a public client, and the name is shown as its own claim. */
const clientId = z
  .string()
  .min(1)
  .max(60)
  .regex(/^[\x20-\x7e]+$/)
  .refine((name) => name.trim() === name, "no space around a name");

export const deviceAuthorizationForm = z.object({
  client_id: clientId,
  scope: z.string().max(200).optional(),
});

export const tokenForm = z.object({
  grant_type: z.string().max(100),
  device_code: z.string().max(200),
  client_id: clientId,
});

/** `expires_in` and `interval` in seconds. */
export type DeviceAuthorization = {
  device_code: string;
  /** Eight letters without vowels, in two halves: `WDJB-MJHT`. */
  user_code: string;
  verification_uri: string;
  verification_uri_complete: string;
  expires_in: number;
  interval: number;
};

export type TokenAnswer = { access_token: string; token_type: "Bearer"; expires_in: number };

/** `slow_down`: the interval is five seconds longer from now on. */
export type OAuthError =
  | "invalid_request"
  | "invalid_grant"
  | "unsupported_grant_type"
  | "temporarily_unavailable"
  | "authorization_pending"
  | "slow_down"
  | "access_denied"
  | "expired_token"
  | "server_error";
