import { type Kysely, type RawBuilder, type Selectable, sql } from "kysely";
import type {
  DomainId,
  MemberId,
  ProviderId,
  SessionId,
  TeamId,
  WorkspaceId,
} from "../../../shared/model/ids.ts";
import type { Database } from "../../db/tables.ts";

type Db = Kysely<Database>;
export type ProviderRow = Selectable<Database["identity_providers"]>;
export type DomainRow = Selectable<Database["domains"]>;

// Providers.

export function providerRows(db: Db, workspaceId: WorkspaceId) {
  return db
    .selectFrom("identity_providers as p")
    .selectAll("p")
    .select((eb) =>
      eb
        .selectFrom("identities as i")
        .select(sql<number>`count(distinct i.member_id)::int`.as("count"))
        .whereRef("i.workspace_id", "=", "p.workspace_id")
        .whereRef("i.provider_id", "=", "p.id")
        .as("people"),
    )
    .select((eb) =>
      eb
        .selectFrom("members as m")
        .select(sql<MemberId[]>`coalesce(array_agg(m.id), '{}')`.as("ids"))
        .whereRef("m.workspace_id", "=", "p.workspace_id")
        .where("m.is_active", "=", true)
        .where("m.password_hash", "is", null)
        .where(comesBy(sql`p2.id = p.id`))
        .where(sql<boolean>`not ${comesBy(sql`p2.id <> p.id and p2.is_on`)}`)
        .as("only_way_of"),
    )
    .where("p.workspace_id", "=", workspaceId)
    .orderBy("p.created_at")
    .execute();
}

/** Whether the member `m` has signed in through a provider `p2` of this kind. */
function comesBy(kind: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from identities i join identity_providers p2 on p2.workspace_id = i.workspace_id and p2.id = i.provider_id
    where i.workspace_id = m.workspace_id and i.member_id = m.id and ${kind}
  )`;
}

export function providerRow(db: Db, workspaceId: WorkspaceId, id: ProviderId) {
  return db
    .selectFrom("identity_providers")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .executeTakeFirst();
}

/** As the address of an answer names it: of whichever workspace, which everything after it is bound to. */
export function providerOfAddress(db: Db, id: ProviderId): Promise<ProviderRow | undefined> {
  return db.selectFrom("identity_providers").selectAll().where("id", "=", id).executeTakeFirst();
}

export async function insertProvider(
  db: Db,
  provider: { id: ProviderId; workspaceId: WorkspaceId; kind: "oidc" | "saml"; name: string },
): Promise<void> {
  await db
    .insertInto("identity_providers")
    .values({
      id: provider.id,
      workspace_id: provider.workspaceId,
      kind: provider.kind,
      name: provider.name,
      settings: "{}",
    })
    .execute();
}

export async function updateProvider(
  db: Db,
  workspaceId: WorkspaceId,
  id: ProviderId,
  change: {
    name: string;
    settings: object;
    sealedSecret: Buffer | null;
    defaultRole: "rep" | "meetings_only";
    defaultTeamId: TeamId | null;
    allowsIdpInitiated: boolean;
    /** True takes the verification back and switches the provider off. */
    isOther: boolean;
    /** True forgets the last run, and what was begun with the old keys. */
    hasNewKeys: boolean;
  },
): Promise<void> {
  await db
    .updateTable("identity_providers")
    .set({
      name: change.name,
      settings: JSON.stringify(change.settings),
      sealed_secret: change.sealedSecret,
      default_role: change.defaultRole,
      default_team_id: change.defaultTeamId,
      allows_idp_initiated: change.allowsIdpInitiated,
      ...(change.isOther
        ? {
            verified_at: null,
            is_on: false,
          }
        : {}),
      ...(change.isOther || change.hasNewKeys
        ? { last_run: null, last_run_at: null, revision: sql<number>`revision + 1` }
        : {}),
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .execute();
}

export async function deleteProvider(db: Db, workspaceId: WorkspaceId, id: ProviderId): Promise<void> {
  await db
    .deleteFrom("identity_providers")
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .execute();
}

/** Ends what providers opened for those who are known by this one alone; answers whose sessions ended. */
export async function endSessionsThrough(
  db: Db,
  workspaceId: WorkspaceId,
  id: ProviderId,
  except: SessionId,
): Promise<MemberId[]> {
  const rows = await db
    .deleteFrom("sessions as s")
    .using("members as m")
    .whereRef("m.id", "=", "s.member_id")
    .whereRef("m.workspace_id", "=", "s.workspace_id")
    .where("s.workspace_id", "=", workspaceId)
    .where("s.kind", "=", "sso")
    .where("s.id", "!=", except)
    .where(comesBy(sql`p2.id = ${id}`))
    .where(sql<boolean>`not ${comesBy(sql`p2.id <> ${id}`)}`)
    .returning("s.member_id")
    .execute();
  return [...new Set(rows.map(({ member_id }) => member_id))];
}

/** Only while it is verified, or when it is switched off. */
export async function turnProvider(
  db: Db,
  workspaceId: WorkspaceId,
  id: ProviderId,
  isOn: boolean,
): Promise<boolean> {
  const row = await db
    .updateTable("identity_providers")
    .set({ is_on: isOn })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .where((eb) => (isOn ? eb("verified_at", "is not", null) : eb.val(true)))
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

/** Counts only for the settings it was made with. */
export async function noteRun(
  db: Db,
  workspaceId: WorkspaceId,
  id: ProviderId,
  { run, isGood, revision }: { run: object; isGood: boolean; revision: number },
): Promise<void> {
  await db
    .updateTable("identity_providers")
    .set({
      last_run: JSON.stringify(run),
      last_run_at: sql`foyer_now()`,
      ...(isGood ? { verified_at: sql<Date>`foyer_now()` } : {}),
    })
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .where("revision", "=", revision)
    .execute();
}

/** Those that are on, of the workspace that has proven this domain. */
export function providersOfDomain(db: Db, domain: string) {
  return db
    .selectFrom("domains as d")
    .innerJoin("identity_providers as p", "p.workspace_id", "d.workspace_id")
    .innerJoin("workspaces as w", "w.id", "d.workspace_id")
    .select(["p.id", "p.name", "p.workspace_id", "w.is_sso_only"])
    .where("d.domain", "=", domain)
    .where("d.proven_at", "is not", null)
    .where("p.is_on", "=", true)
    .orderBy("p.created_at")
    .execute();
}

export function teamRows(db: Db, workspaceId: WorkspaceId) {
  return db
    .selectFrom("teams")
    .select(["id", "name"])
    .where("workspace_id", "=", workspaceId)
    .orderBy(sql`lower(name)`)
    .execute();
}

// Domains.

export function domainRows(db: Db, workspaceId: WorkspaceId): Promise<DomainRow[]> {
  return db
    .selectFrom("domains")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .orderBy("domain")
    .execute();
}

export function domainRow(db: Db, workspaceId: WorkspaceId, id: DomainId) {
  return db
    .selectFrom("domains")
    .selectAll()
    .where("workspace_id", "=", workspaceId)
    .where("id", "=", id)
    .executeTakeFirst();
}

export async function insertDomain(
  db: Db,
  domain: { id: DomainId; workspaceId: WorkspaceId; domain: string; token: string },
): Promise<boolean> {
  const row = await db
    .insertInto("domains")
    .values({ id: domain.id, workspace_id: domain.workspaceId, domain: domain.domain, token: domain.token })
    .onConflict((conflict) => conflict.doNothing())
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

export async function deleteDomain(db: Db, workspaceId: WorkspaceId, id: DomainId): Promise<void> {
  await db.deleteFrom("domains").where("workspace_id", "=", workspaceId).where("id", "=", id).execute();
}

/** False: another workspace has proven it. The unique index decides between two at once. */
export async function markProven(
  db: Db,
  workspaceId: WorkspaceId,
  id: DomainId,
  by: "dns" | "file",
): Promise<boolean> {
  const row = await db
    .updateTable("domains as d")
    .set({ proven_at: sql`coalesce(d.proven_at, foyer_now())`, proven_by: by })
    .where("d.workspace_id", "=", workspaceId)
    .where("d.id", "=", id)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("domains as other")
            .select("other.id")
            .whereRef("other.domain", "=", "d.domain")
            .whereRef("other.id", "!=", "d.id")
            .where("other.proven_at", "is not", null),
        ),
      ),
    )
    .returning("d.id")
    .executeTakeFirst();
  return row !== undefined;
}

export async function isDomainProven(db: Db, workspaceId: WorkspaceId, domain: string): Promise<boolean> {
  const row = await db
    .selectFrom("domains")
    .select("id")
    .where("workspace_id", "=", workspaceId)
    .where("domain", "=", domain)
    .where("proven_at", "is not", null)
    .executeTakeFirst();
  return row !== undefined;
}
