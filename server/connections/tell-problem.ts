import type { Kysely } from "kysely";
import type { ConnectionProblem, ProviderName } from "../../shared/model/connections.ts";
import { mailBrand } from "../accounts/workspace/mail-brand.ts";
import { tellAdmins } from "../accounts/workspace/tell-admins.ts";
import type { Database } from "../db/tables.ts";
import { queueMail } from "../mail/queue-mail.ts";
import { renderMail } from "../mail/render-mail.ts";
import { type ConnectionRow, memberToTell } from "./store.ts";

/** What is mailed about. `watch_expired` mends itself, and is only shown. */
export type MailedProblem = Exclude<ConnectionProblem, "watch_expired">;

const providerNames: Readonly<Record<ProviderName, string>> = {
  google: "Google Calendar",
  microsoft: "Outlook",
  caldav: "CalDAV",
  zoom: "Zoom",
  teams: "Microsoft Teams",
};

/** What happened, and what the member can do about it, in a sentence each. */
const words: Readonly<Record<MailedProblem, { happened: string; toDo: string }>> = {
  needs_reauth: {
    happened: "no longer lets Foyer in: the access was taken back, or the password was changed.",
    toDo: "Connect the account again.",
  },
  missing_scope: {
    happened: "does not let Foyer do all it needs: a permission was left out.",
    toDo: "Connect the account again and leave every permission ticked.",
  },
  needs_approval: {
    happened: "may only be connected once the account’s own admin allows Foyer.",
    toDo: "Send your admin the link on the page, and connect again afterwards.",
  },
  calendar_gone: {
    happened: "no longer has a calendar that was chosen.",
    toDo: "Choose which calendars block your time.",
  },
  refused: {
    happened: "refuses what Foyer asks for.",
    toDo: "Connect the account again; if that does not help, your admin must look at the registration.",
  },
  zone_mismatch: {
    happened: "shows another time zone than your profile, so your hours may not be what you mean.",
    toDo: "Make both the same, or say that they differ on purpose.",
  },
  unreachable: {
    happened: "has not answered for a quarter of an hour.",
    toDo: "It is asked again by itself. If it lasts, check that the provider works.",
  },
};

const rooms: readonly ProviderName[] = ["zoom", "teams"];

/** One mail to the member and one to each admin, in the caller's transaction. */
export async function tellProblem(
  db: Kysely<Database>,
  { publicUrl }: { publicUrl: string },
  connection: Pick<ConnectionRow, "id" | "workspace_id" | "member_id" | "provider" | "account_name">,
  { problem, since }: { problem: MailedProblem; since: Date },
): Promise<void> {
  const { workspace_id: workspaceId, provider, account_name: account } = connection;
  const member = await memberToTell(db, workspaceId, connection.member_id);
  if (member === undefined || !member.is_active) return;
  const { happened, toDo } = words[problem];
  const isRoom = rooms.includes(provider);
  const which = `${providerNames[provider]} (${account})`;
  // What comes and goes is told once a day.
  const when = problem === "unreachable" ? since.toISOString().slice(0, 10) : since.toISOString();
  const key = `connection/${connection.id}/${problem}/${when}`;
  const name = `${member.first_name} ${member.last_name}`.trim();
  const effect = (who: string) =>
    isRoom ? `Until then meetings get no room there.` : `Until then visitors cannot book ${who}.`;
  const heading = `Your ${providerNames[provider]} needs you`;
  await queueMail(
    db,
    { publicUrl },
    {
      workspaceId,
      dedupe: `${key}/${member.id}`,
      to: { name, address: member.email },
      replyTo: null,
      mail: renderMail(
        {
          subject: heading,
          preview: `${which} ${happened}`,
          blocks: [
            { kind: "heading", text: heading },
            { kind: "text", text: `${which} ${happened} ${toDo} ${effect("you")}` },
            {
              kind: "actions",
              actions: [
                {
                  text: isRoom ? "Open my meeting details" : "Open my calendars",
                  url: `${publicUrl}/console/me/${isRoom ? "meeting-details" : "calendars"}`,
                  isMain: true,
                },
              ],
            },
          ],
          footer: "You get this mail because the account is connected to yours.",
        },
        await mailBrand(db, { publicUrl }, workspaceId),
      ),
    },
  );
  await tellAdmins({ db, publicUrl }, workspaceId, {
    key,
    except: member.id,
    heading: () => `${name}: ${providerNames[provider]} does not work`,
    text: `${which} of ${name} ${happened.replace("your profile, so your", "their profile, so their")} ${name} was told what to do. ${effect(name)}`,
    button: "Open the integrations",
    path: "integrations",
    footer: "You get this mail because you are an admin of this workspace.",
  });
}
