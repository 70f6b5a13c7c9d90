import type { Kysely } from "kysely";
import type { DemoAccount } from "../../shared/protocol/console-routes.ts";
import { photoUrl } from "../accounts/rep-card.ts";
import type { Database } from "../db/tables.ts";
import { demoMembers } from "./store.ts";
import { demoPassword, demoTeam } from "./team.ts";

/** Who one may sign in as, in the order of the team; empty when there is no demo in this database. */
export async function listDemoAccounts(db: Kysely<Database>): Promise<DemoAccount[]> {
  const members = await demoMembers(db);
  return demoTeam.flatMap(({ email }) => {
    const member = members.find((each) => each.email === email);
    if (member === undefined) return [];
    return {
      email,
      password: demoPassword,
      name: `${member.first_name} ${member.last_name}`,
      jobTitle: member.job_title,
      role: member.role,
      photoUrl: photoUrl(member.photo_id),
    };
  });
}
