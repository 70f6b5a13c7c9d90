import type { Kysely } from "kysely";
import type { SiteId, ZoneName } from "../../../shared/model/ids.ts";
import type { Database } from "../../db/tables.ts";
import { AppError } from "../../errors.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { createMember } from "../create-member.ts";
import { createSite } from "../create-site.ts";
import { createWorkspace } from "../create-workspace.ts";
import { requireGoodPassword } from "../new-password.ts";
import { type OpenedSession, openSession } from "../open-session.ts";
import { hashToken } from "../session-cookie.ts";
import { hasWorkspace, lockFirstRun, useSecret } from "./store.ts";

export type FirstRun = {
  secret: string;
  companyName: string;
  color: string;
  firstName: string;
  lastName: string;
  email: string;
  password: string;
  zone: ZoneName;
  /** Of the first site. */
  origin: string;
};

/**
 * The first workspace, its first admin, signed in, and its first site: all or nothing, and once, whoever asks at the same
 * time. Throws `invalid_input` for a password that will not do, `expired` for a link that was used, is over, or never was, and where there is a workspace already.
 */
export async function openWorkspace(
  { db }: { db: Kysely<Database> },
  wanted: FirstRun,
  label: string,
): Promise<OpenedSession & { siteId: SiteId }> {
  const { email, firstName, lastName } = wanted;
  await requireGoodPassword(wanted.password, [email, firstName, lastName, wanted.companyName]);
  return db.transaction().execute(async (trx) => {
    await lockFirstRun(trx);
    if ((await hasWorkspace(trx)) || !(await useSecret(trx, hashToken(wanted.secret))))
      throw new AppError("expired");
    const { companyName, color } = wanted;
    const workspaceId = await createWorkspace(trx, { name: companyName, color });
    const memberId = await createMember(trx, {
      workspaceId,
      email,
      role: "admin",
      firstName,
      lastName,
      jobTitle: "",
      zone: wanted.zone,
      password: wanted.password,
    });
    const site = await createSite(trx, {
      workspaceId,
      name: new URL(wanted.origin).host,
      origins: [wanted.origin],
      look: { color, position: "right", companyName },
    });
    await recordAudit(trx, {
      workspaceId,
      actorId: memberId,
      action: "workspace_created",
      subject: { kind: "workspace", id: workspaceId, name: companyName },
      details: { origin: wanted.origin },
    });
    const session = await openSession(trx, { workspaceId, memberId, kind: "password", label });
    return { ...session, siteId: site.id };
  });
}
