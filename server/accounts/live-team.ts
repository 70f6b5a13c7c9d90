import type { Kysely } from "kysely";
import type { MemberId, SiteId, WorkspaceId } from "../../shared/model/ids.ts";
import { type Presence, type RepCard, type TeamMember, takesSeat } from "../../shared/model/people.ts";
import type { Database } from "../db/tables.ts";
import type { Log } from "../log.ts";
import type { Bus } from "../realtime/hints.ts";
import { teamRoom, visitorsRoom } from "../realtime/rooms.ts";
import type { Emitter } from "../realtime/socket-server.ts";
import { loadSiteTeams, onSite, type SiteTeams } from "./site-team.ts";
import { loadRepCards, loadTeam, teamFaces } from "./team.ts";

type LiveTeamDeps = { db: Kysely<Database>; bus: Bus; emitter: Emitter; log: Log };

/** The team of each workspace that somebody here looks at; read at most every half second, and sent when it differs. */
export type LiveTeam = {
  /** At most `freshMs` old. */
  of(workspaceId: WorkspaceId): Promise<TeamMember[]>;
  /** The same, but read anew unless this member is in it: whoever has just joined looks for themselves first. */
  ofMember(workspaceId: WorkspaceId, memberId: MemberId): Promise<TeamMember[]>;
  /** Those of them who answer on this site. */
  ofSite(workspaceId: WorkspaceId, siteId: SiteId): Promise<TeamMember[]>;
  /** The faces that a visitor of this site sees. */
  faces(workspaceId: WorkspaceId, siteId: SiteId): Promise<RepCard[]>;
  cards(workspaceId: WorkspaceId, ids: readonly MemberId[]): Promise<RepCard[]>;
  /** Straight from the database. Null for nobody who chats in this workspace. */
  presenceOf(workspaceId: WorkspaceId, memberId: MemberId): Promise<Presence | null>;
  close(): void;
};

/** Read together: who is here, and who of them answers where. */
type Read = { team: TeamMember[]; siteTeams: SiteTeams };
const nobody: Read = { team: [], siteTeams: new Map() };

const freshMs = 500;
/** Also without a hint: that is how a lapsed lease shows. */
const lookAgainMs = 4_000;
const mostFaces = 5;

export function createLiveTeam({ db, bus, emitter, log }: LiveTeamDeps): LiveTeam {
  const teams = new Map<WorkspaceId, Read & { readAtMs: number; reading: Promise<Read> | null }>();
  const due = new Set<WorkspaceId>();
  let timer: NodeJS.Timeout | null = null;

  async function load(workspaceId: WorkspaceId): Promise<Read> {
    const [team, siteTeams] = await Promise.all([loadTeam(db, workspaceId), loadSiteTeams(db, workspaceId)]);
    return { team, siteTeams };
  }

  async function read(workspaceId: WorkspaceId): Promise<Read> {
    const known = teams.get(workspaceId);
    if (known?.reading) return known.reading;
    const reading = load(workspaceId);
    teams.set(workspaceId, { ...(known ?? { ...nobody, readAtMs: 0 }), reading });
    try {
      const next = await reading;
      teams.set(workspaceId, { ...next, readAtMs: performance.now(), reading: null });
      tellDifference(workspaceId, known?.team ?? [], next.team);
      return next;
    } catch (error) {
      if (known === undefined) teams.delete(workspaceId);
      else teams.set(workspaceId, { ...known, reading: null });
      throw error;
    }
  }

  function tellDifference(workspaceId: WorkspaceId, before: readonly TeamMember[], after: TeamMember[]) {
    const old = new Map(before.map((member) => [member.id, JSON.stringify(member)]));
    const changed = after.filter((member) => old.get(member.id) !== JSON.stringify(member));
    if (changed.length === 0 && before.length === after.length) return;
    emitter.toReps(teamRoom(workspaceId), "team:changed", { team: after });
    // Who has left the team, or no longer chats, is gone for visitors.
    const chatting = new Set(after.filter(({ role }) => takesSeat(role)).map(({ id }) => id));
    const left = before.filter(({ id, role }) => takesSeat(role) && !chatting.has(id));
    const reps = teamFaces([...changed, ...left.map((one) => ({ ...one, presence: "offline" as const }))]);
    if (before.length > 0 && reps.length > 0)
      emitter.toVisitors(visitorsRoom(workspaceId), "rep:changed", { reps });
  }

  function readSoon(workspaceId: WorkspaceId) {
    due.add(workspaceId);
    timer ??= setTimeout(() => {
      timer = null;
      const workspaces = [...due];
      due.clear();
      for (const id of workspaces) readAndLog(id);
    }, freshMs / 2);
  }

  function readAndLog(workspaceId: WorkspaceId) {
    read(workspaceId).catch((error: unknown) => log.warn({ err: error }, "a team could not be read"));
  }

  const isLookedAt = (id: WorkspaceId) =>
    emitter.repsIn(teamRoom(id)) || emitter.visitorsIn(visitorsRoom(id));

  const again = setInterval(() => {
    for (const id of teams.keys()) {
      if (isLookedAt(id)) readAndLog(id);
      else teams.delete(id);
    }
  }, lookAgainMs);

  const stop = bus.subscribe((hint) => {
    if (hint.kind === "team" && (teams.has(hint.workspaceId) || isLookedAt(hint.workspaceId)))
      readSoon(hint.workspaceId);
    if (hint.kind === "missed") for (const id of teams.keys()) readSoon(id);
  });

  async function fresh(workspaceId: WorkspaceId): Promise<Read> {
    const known = teams.get(workspaceId);
    if (known !== undefined && known.reading === null && performance.now() - known.readAtMs < freshMs)
      return known;
    return read(workspaceId);
  }

  async function ofSite(workspaceId: WorkspaceId, siteId: SiteId): Promise<TeamMember[]> {
    const { team, siteTeams } = await fresh(workspaceId);
    return onSite(siteTeams, siteId, team);
  }

  return {
    of: async (workspaceId) => (await fresh(workspaceId)).team,
    async ofMember(workspaceId, memberId) {
      const { team } = await fresh(workspaceId);
      return team.some(({ id }) => id === memberId) ? team : (await read(workspaceId)).team;
    },
    ofSite,
    faces: async (workspaceId, siteId) => teamFaces(await ofSite(workspaceId, siteId)).slice(0, mostFaces),
    cards: (workspaceId, ids) => loadRepCards(db, workspaceId, ids),
    async presenceOf(workspaceId, memberId) {
      const member = (await loadTeam(db, workspaceId)).find((one) => one.id === memberId);
      return member === undefined || member.role === "meetings_only" ? null : member.presence;
    },
    close() {
      stop();
      clearInterval(again);
      if (timer !== null) clearTimeout(timer);
    },
  };
}
