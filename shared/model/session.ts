import type { MemberId } from "./ids.ts";
import type { Role } from "./people.ts";

/** Who is signed in, as the console shows it. */
export type SessionView = {
  member: { id: MemberId; email: string; firstName: string; lastName: string; role: Role };
  workspace: { name: string };
  /** True while mails are kept in the demo mailbox. */
  hasMailbox: boolean;
};
