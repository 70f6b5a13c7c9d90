// How apps say who they are (RFC 6750): `Authorization: Bearer <token>`. Browsers never send it by themselves.

type Headers = { authorization?: string | undefined };

/** True for whatever claims to be a bearer token: then no cookie counts. */
export function hasBearer({ authorization }: Headers): boolean {
  return /^bearer\b/i.test(authorization ?? "");
}

/** Null for what cannot be one of our tokens. */
export function readBearerToken(authorization: string | undefined): string | null {
  return /^bearer +([A-Za-z0-9_-]{43})$/i.exec(authorization ?? "")?.[1] ?? null;
}
