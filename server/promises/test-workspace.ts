import { randomBytes } from "node:crypto";
import type { MemberId, SiteId, WorkspaceId } from "../../shared/model/ids.ts";
import type { MeetingHours } from "../../shared/model/meetings.ts";
import type { Role } from "../../shared/model/people.ts";
import type { RoutingSettings } from "../../shared/model/routing.ts";
import { createMember } from "../accounts/create-member.ts";
import { createSite } from "../accounts/create-site.ts";
import { createWorkspace } from "../accounts/create-workspace.ts";
import type { Db } from "../db/connect.ts";

export type TestMember = { id: MemberId; email: string; password: string; role: Role };
export type TestWorkspace = { id: WorkspaceId; siteId: SiteId; siteKey: string; members: TestMember[] };

type WorkspaceOptions = {
  name?: string;
  roles?: readonly Role[];
  routing?: Partial<RoutingSettings>;
  capacity?: number;
};

export const testPassword = "correct horse battery";

/** Bookable at every hour of every day, so that no test depends on the day it runs. */
const always: MeetingHours = {
  zone: "UTC",
  weekly: ([1, 2, 3, 4, 5, 6, 7] as const).map((weekday) => ({ weekday, spans: [{ start: 0, end: 1_440 }] })),
  overrides: [],
  noticeMinutes: 0,
  bufferMinutes: 5,
  horizonDays: 14,
  durationMinutes: 30,
};

/** A tenant with a site and members who can sign in, by the verbs that make real ones. */
export async function addWorkspace(
  db: Db,
  { name = "Testing Ltd", roles = ["rep", "rep"], routing = {}, capacity = 4 }: WorkspaceOptions = {},
): Promise<TestWorkspace> {
  const id = await createWorkspace(db, { name, routing });
  const site = await createSite(db, {
    workspaceId: id,
    name,
    origins: ["https://shop.example"],
    look: { color: "#2f5d4a", position: "right", companyName: name },
  });
  const members: TestMember[] = [];
  for (const [index, role] of roles.entries()) {
    const email = `member${index}-${randomBytes(4).toString("hex")}@team.example`;
    const member = { email, password: testPassword, role };
    const names = { firstName: `Robin${index}`, lastName: name, jobTitle: "Advisor" };
    const memberId = await createMember(db, {
      workspaceId: id,
      ...member,
      ...names,
      zone: "UTC",
      hours: always,
      capacity,
    });
    members.push({ id: memberId, ...member });
  }
  return { id, siteId: site.id, siteKey: site.publicKey, members };
}
