import type { Pool } from "pg";
import {
  formatSessionCookie,
  hashToken,
  mintToken,
  sessionCookieFor,
} from "../server/accounts/session-cookie.ts";
import { newId } from "../server/db/ids.ts";
import { formatCredential, hashSecret, mintSecret } from "../server/visitors/credential.ts";
import { defaultHours } from "../shared/model/meetings.ts";
import { defaultRouting } from "../shared/model/routing.ts";
import type { SiteLook } from "../shared/protocol/site-look.ts";

export type LabVisitor = { credential: string; conversationId: string };
export type LabRep = { cookie: string; conversations: { id: string; epoch: number }[] };
export type LabPeople = { siteKeys: string[]; visitors: LabVisitor[]; reps: LabRep[] };

const look: SiteLook = { color: "#1f5eff", position: "right", companyName: "Bench" };

/** Companies of a few reps with `chats` open conversations each (the default capacity is four), each with its visitor. */
export async function seedPeople(
  pool: Pool,
  publicUrl: string,
  { companies, reps, chats }: { companies: number; reps: number; chats: number },
): Promise<LabPeople> {
  const people: LabPeople = { siteKeys: [], visitors: [], reps: [] };
  const cookie = sessionCookieFor(publicUrl);
  for (let company = 0; company < companies; company++) {
    const workspaceId = newId<"workspace">();
    const siteId = newId<"site">();
    const siteKey = `bench-${company}`;
    await pool.query("insert into workspaces (id, name, routing) values ($1, $2, $3)", [
      workspaceId,
      `Company ${company}`,
      JSON.stringify(defaultRouting),
    ]);
    await pool.query(
      "insert into sites (id, workspace_id, public_key, name, origins, look) values ($1, $2, $3, 'Site', $4, $5)",
      [siteId, workspaceId, siteKey, ["https://shop.example"], JSON.stringify(look)],
    );
    people.siteKeys.push(siteKey);
    for (let rep = 0; rep < reps; rep++) {
      const memberId = newId<"member">();
      await pool.query(
        `insert into members (id, workspace_id, email, role, first_name, last_name, zone, hours, zone_confirmed_at,
         profile_confirmed_at)
       values ($1, $2, $3, 'rep', 'Rep', $4, 'UTC', $5, now(), now())`,
        [
          memberId,
          workspaceId,
          `rep${company}-${rep}@bench.example`,
          `No. ${rep}`,
          JSON.stringify(defaultHours("UTC")),
        ],
      );
      const token = mintToken();
      await pool.query(
        "insert into sessions (token_hash, workspace_id, member_id, expires_at) values ($1, $2, $3, now() + interval '1 day')",
        [hashToken(token), workspaceId, memberId],
      );
      const conversations: LabRep["conversations"] = [];
      for (let chat = 0; chat < chats; chat++) {
        const visitorId = newId<"visitor">();
        const conversationId = newId<"conversation">();
        const secret = mintSecret();
        await pool.query(
          "insert into visitors (id, workspace_id, site_id, secret_hash, device) values ($1, $2, $3, $4, '{}')",
          [visitorId, workspaceId, siteId, hashSecret(secret)],
        );
        await pool.query(
          "insert into conversations (id, workspace_id, visitor_id, owner_id, epoch) values ($1, $2, $3, $4, 1)",
          [conversationId, workspaceId, visitorId, memberId],
        );
        conversations.push({ id: conversationId, epoch: 1 });
        people.visitors.push({ credential: formatCredential(visitorId, secret), conversationId });
      }
      people.reps.push({ cookie: formatSessionCookie(cookie, token).split(";")[0] ?? "", conversations });
    }
  }
  return people;
}
