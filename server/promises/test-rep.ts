import type { SessionView } from "../../shared/model/session.ts";
import type { RepAsks, RepNews, RepTells } from "../../shared/protocol/rep-events.ts";
import { connected, openTestLink, type TestLink } from "./test-link.ts";

export type RepLink = TestLink<RepAsks, RepTells, RepNews>;
export type SignedIn = { cookie: string; session: SessionView };

export async function signIn(
  url: string,
  { email, password }: { email: string; password: string },
): Promise<SignedIn> {
  const response = await fetch(`${url}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok) throw new Error(`the sign-in was refused: ${response.status}`);
  const cookie = response.headers.get("set-cookie")?.split(";")[0] ?? "";
  return { cookie, session: (await response.json()) as SessionView };
}

export async function openRep(
  url: string,
  { cookie }: Pick<SignedIn, "cookie">,
  { isLasting = false, answerMs = 8_000 } = {},
): Promise<RepLink> {
  const link: RepLink = openTestLink({ url, namespace: "/rep", headers: { cookie }, isLasting, answerMs });
  await connected(link.socket);
  return link;
}
