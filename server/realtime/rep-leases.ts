import type { Pool } from "pg";
import type { MemberId, WorkspaceId } from "../../shared/model/ids.ts";
import type { Log } from "../log.ts";
import type { Bus } from "./hints.ts";

type LeaseDeps = { pool: Pool; nodeId: string; bus: Bus; log: Log };

/** Which members have a console open in this process, and the lease in the database that says so to all others. */
export type RepLeases = {
  /** A console was opened; the answer is called when it is gone. Throws when the lease could not be taken: then nothing is held. */
  hold(memberId: MemberId, workspaceId: WorkspaceId): Promise<() => void>;
  localMembers(): MemberId[];
  close(): Promise<void>;
};

const renewMs = 10_000;
const leaseSeconds = 30;
/** After the last console closed: long enough for a reload, short enough that nobody is asked in vain. */
const lingerSeconds = 4;

export function createRepLeases({ pool, nodeId, bus, log }: LeaseDeps): RepLeases {
  const held = new Map<MemberId, { workspaceId: WorkspaceId; links: number }>();

  /** One after the other: at a reload the lease of the new page must not be cut short by the end of the old one. */
  let latest: Promise<unknown> = Promise.resolve();
  function save(members: readonly [MemberId, WorkspaceId][], seconds: number): Promise<void> {
    const saved = latest.then(() => saveNow(members, seconds));
    latest = saved.catch(() => undefined); // Who asked for it is told.
    return saved;
  }

  async function saveNow(members: readonly [MemberId, WorkspaceId][], seconds: number) {
    if (members.length === 0) return;
    await pool.query(
      `insert into rep_leases (member_id, node_id, workspace_id, lease_until)
       select m, $3, w, foyer_now() + make_interval(secs => $4) from unnest($1::uuid[], $2::uuid[]) as t(m, w)
       on conflict (member_id, node_id) do update set lease_until = excluded.lease_until`,
      [members.map(([id]) => id), members.map(([, workspace]) => workspace), nodeId, seconds],
    );
    if (seconds < leaseSeconds) return;
    // An open console counts as being here. Whoever is locked is being changed just now: the next renewal notes them.
    await pool.query(
      `update members m set seen_at = foyer_now()
       from (select id from members where id = any($1::uuid[])
         and (seen_at is null or seen_at < foyer_now() - interval '1 minute') for no key update skip locked) stale
       where m.id = stale.id`,
      [members.map(([id]) => id)],
    );
  }

  const note = (error: unknown) => log.warn({ err: error }, "leases of reps could not be saved");

  // What a killed process left: long over, and nobody else puts it away.
  pool.query("delete from rep_leases where lease_until < foyer_now() - interval '1 day'").catch(note);

  const timer = setInterval(() => {
    save(
      [...held].map(([id, { workspaceId }]) => [id, workspaceId]),
      leaseSeconds,
    ).catch(note);
  }, renewMs);

  return {
    async hold(memberId, workspaceId) {
      const entry = held.get(memberId) ?? { workspaceId, links: 0 };
      entry.links += 1;
      held.set(memberId, entry);
      let isHeld = true;
      const release = () => {
        if (!isHeld) return;
        isHeld = false;
        entry.links -= 1;
        if (entry.links > 0) return;
        held.delete(memberId);
        save([[memberId, workspaceId]], lingerSeconds).then(
          () => bus.publish({ kind: "team", workspaceId }),
          note,
        );
      };
      if (entry.links > 1) return release;
      try {
        await save([[memberId, workspaceId]], leaseSeconds);
      } catch (error) {
        release(); // Counted on, a link that was refused would be renewed for good: a rep rung for in vain.
        throw error;
      }
      bus.publish({ kind: "team", workspaceId });
      return release;
    },
    localMembers: () => [...held.keys()],
    async close() {
      clearInterval(timer);
      await latest;
      await pool
        .query("update rep_leases set lease_until = foyer_now() where node_id = $1", [nodeId])
        .catch(note);
    },
  };
}
