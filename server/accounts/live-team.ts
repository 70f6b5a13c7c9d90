import type { Kysely } from "kysely";
import type { MemberId, SiteId, WorkspaceId } from "../../shared/model/ids.ts";
import { meetsVisitors, type Presence, type RepCard, type TeamMember } from "../../shared/model/people.ts";
import type { Database } from "../db/tables.ts";
import type { Log } from "../log.ts";
import type { Bus } from "../realtime/hints.ts";
import { siteRoom, teamRoom, visitorsRoom } from "../realtime/rooms.ts";
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
  /** Straight from the database. Null for nobody who chats in this workspace and is ready for it. */
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

function facesOn({ team, siteTeams }: Read, siteId: SiteId): RepCard[] {
  return teamFaces(onSite(siteTeams, siteId, team)).slice(0, mostFaces);
}

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
      tellTeam(workspaceId, known?.team ?? [], next.team);
      if (known !== undefined) tellSites(known, next);
      return next;
    } catch (error) {
      if (known === undefined) teams.delete(workspaceId);
      else teams.set(workspaceId, { ...known, reading: null });
      throw error;
    }
  }

  function tellTeam(workspaceId: WorkspaceId, before: readonly TeamMember[], after: TeamMember[]) {
    const old = new Map(before.map((member) => [member.id, JSON.stringify(member)]));
    const changed = after.filter((member) => old.get(member.id) !== JSON.stringify(member));
    if (changed.length === 0 && before.length === after.length) return;
    emitter.toReps(teamRoom(workspaceId), "team:changed", { team: after });
    // Who has left the team, or no longer chats, is gone for visitors.
    const chatting = new Set(after.filter(meetsVisitors).map(({ id }) => id));
    const left = before.filter((one) => meetsVisitors(one) && !chatting.has(one.id));
    const reps = teamFaces([...changed, ...left.map((one) => ({ ...one, presence: "offline" as const }))]);
    if (before.length > 0 && reps.length > 0)
      emitter.toVisitors(visitorsRoom(workspaceId), "rep:changed", { reps });
  }

  /** Open widgets show who answers on their site now: also after it was given another team. */
  function tellSites(before: Read, after: Read) {
    for (const siteId of after.siteTeams.keys()) {
      const room = siteRoom(siteId);
      if (!emitter.visitorsIn(room)) continue;
      const team = facesOn(after, siteId);
      if (JSON.stringify(team) !== JSON.stringify(facesOn(before, siteId)))
        emitter.toVisitors(room, "team:changed", { team });
    }
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

  return {
    of: async (workspaceId) => (await fresh(workspaceId)).team,
    async ofMember(workspaceId, memberId) {
      const { team } = await fresh(workspaceId);
      return team.some(({ id }) => id === memberId) ? team : (await read(workspaceId)).team;
    },
    async ofSite(workspaceId, siteId) {
      const { team, siteTeams } = await fresh(workspaceId);
      return onSite(siteTeams, siteId, team);
    },
    faces: async (workspaceId, siteId) => facesOn(await fresh(workspaceId), siteId),
    cards: (workspaceId, ids) => loadRepCards(db, workspaceId, ids),
    async presenceOf(workspaceId, memberId) {
      const member = (await loadTeam(db, workspaceId)).find((one) => one.id === memberId);
      return member === undefined || !meetsVisitors(member) ? null : member.presence;
    },
    close() {
      stop();
      clearInterval(again);
      if (timer !== null) clearTimeout(timer);
    },
  };
}
