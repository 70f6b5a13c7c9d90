import type { Pool } from "pg";
import { sealSecret } from "../server/connections/secrets.ts";
import { newId } from "../server/db/ids.ts";
import type { MeetingTypeId, MemberId, WorkspaceId } from "../shared/model/ids.ts";
import { defaultHours } from "../shared/model/meetings.ts";
import { defaultRouting } from "../shared/model/routing.ts";
import { DAY, HOUR, MINUTE } from "../shared/time/local-day.ts";
import { seeded } from "./slots-scenario.ts";

export type LabHosts = { workspaceId: WorkspaceId; typeId: MeetingTypeId; slug: string; hostIds: MemberId[] };

/**
 * A company whose hosts share one public meeting type. With `events` each has a Google calendar that was read just now, with so
 * many events within sixty days; without, hours alone.
 */
export async function seedHosts(
  pool: Pool,
  { hosts, events, secretKey, slug }: { hosts: number; events: number; secretKey: string; slug: string },
): Promise<LabHosts> {
  const workspaceId = newId<"workspace">();
  const typeId = newId<"meeting_type">();
  const random = seeded(11);
  const now = Date.now();
  await pool.query("insert into workspaces (id, name, routing) values ($1, 'Hosts', $2)", [
    workspaceId,
    JSON.stringify(defaultRouting),
  ]);
  await pool.query(
    `insert into meeting_types (id, workspace_id, slug, name, durations, hosting, place)
     values ($1, $2, $3, 'Intro', '{30}', 'round_robin', 'none')`,
    [typeId, workspaceId, slug],
  );
  const hostIds: MemberId[] = [];
  for (let host = 0; host < hosts; host++) {
    const memberId = newId<"member">();
    hostIds.push(memberId);
    const hours = { ...defaultHours("America/New_York"), noticeMinutes: 30, bufferMinutes: 5 };
    await pool.query(
      `insert into members (id, workspace_id, email, role, first_name, last_name, zone, hours, zone_confirmed_at, profile_confirmed_at)
       values ($1, $2, $3, 'rep', 'Host', $4, 'America/New_York', $5, now(), now())`,
      [memberId, workspaceId, `${slug}-${host}@bench.example`, `No. ${host}`, JSON.stringify(hours)],
    );
    await pool.query(
      "insert into meeting_type_hosts (workspace_id, type_id, member_id) values ($1, $2, $3)",
      [workspaceId, typeId, memberId],
    );
    if (events === 0) continue;
    const id = newId<"connection">();
    const calendarId = newId<"calendar">();
    const key = { id, workspace_id: workspaceId, member_id: memberId, provider: "google" as const };
    const secret = { kind: "tokens" as const, accessToken: "bench", refreshToken: "bench" };
    await pool.query(
      `insert into connections (id, workspace_id, member_id, provider, account_id, account_name, sealed_secret, access_expires_at, good_at)
       values ($1, $2, $3, 'google', $4, 'bench', $5, now() + interval '1 hour', now())`,
      [
        id,
        workspaceId,
        memberId,
        String(host),
        sealSecret({ secretKey, previousSecretKey: null }, key, secret),
      ],
    );
    await pool.query(
      `insert into calendars (id, workspace_id, connection_id, member_id, ref, name, blocks_time, read_at, covered_from, covered_until)
       values ($1, $2, $3, $4, 'primary', 'Mine', true, now(), now() - interval '1 day', now() + interval '400 days')`,
      [calendarId, workspaceId, id, memberId],
    );
    const starts = Array.from(
      { length: events },
      () => now + Math.floor((random() * 60 * DAY) / (5 * MINUTE)) * 5 * MINUTE,
    );
    const ends = starts.map((start) => start + (1 + Math.floor(random() * 4)) * (HOUR / 4));
    await pool.query(
      `insert into busy_times (workspace_id, calendar_id, member_id, source, start_at, end_at)
       select $1, $2, $3, n::text, to_timestamp(s / 1000.0), to_timestamp(e / 1000.0)
       from unnest($4::float8[], $5::float8[]) with ordinality as t (s, e, n)`,
      [workspaceId, calendarId, memberId, starts, ends],
    );
  }
  await pool.query("analyze");
  return { workspaceId, typeId, slug, hostIds };
}
