import { randomUUID } from "node:crypto";
import type { ClientId, VisitorId } from "../../shared/model/ids.ts";
import type { BeaconAnswer } from "../../shared/protocol/beacon.ts";
import type { VisitorAsks, VisitorNews, VisitorTells } from "../../shared/protocol/visitor-events.ts";
import { connected, openTestLink, type TestLink } from "./test-link.ts";

export type VisitorLink = TestLink<VisitorAsks, VisitorTells, VisitorNews>;
export type TestVisitor = { id: VisitorId; credential: string; siteKey: string };

export const newClientId = () => randomUUID() as ClientId; // A client's ids are UUIDs of its own making.

/** What the frame's beacon says; answers the server's words. */
export async function beat(
  url: string,
  siteKey: string,
  event: "hello" | "beat" | "page" | "leave",
  credential: string | null,
  page = "https://shop.example/pricing",
): Promise<BeaconAnswer> {
  const response = await fetch(`${url}/visitor/beacon`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url, "user-agent": "Test/1.0" },
    body: JSON.stringify({
      site: siteKey,
      credential,
      event,
      url: page,
      title: "Pricing",
      referrer: "",
      zone: "Europe/Berlin",
      language: "de",
      screenWidth: 1_200,
    }),
  });
  if (!response.ok) throw new Error(`the beacon was refused: ${response.status} ${await response.text()}`);
  return (await response.json()) as BeaconAnswer;
}

/** A new visitor on a site. */
export async function arrive(url: string, siteKey: string): Promise<TestVisitor> {
  const { credential } = await beat(url, siteKey, "hello", null);
  if (credential === undefined) throw new Error("a newcomer was given no credential");
  return { id: credential.split(".")[0] as VisitorId, credential, siteKey };
}

export async function openVisitor(
  url: string,
  visitor: Pick<TestVisitor, "credential">,
  { isLasting = false, answerMs = 8_000 } = {},
): Promise<VisitorLink> {
  const link: VisitorLink = openTestLink({
    url,
    namespace: "/visitor",
    auth: { credential: visitor.credential },
    isLasting,
    answerMs,
  });
  await connected(link.socket);
  return link;
}
