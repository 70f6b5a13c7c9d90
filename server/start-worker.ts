import { createZones } from "../shared/time/zone.ts";
import { mailReset } from "./accounts/passwords/mail-reset.ts";
import { startSweeping } from "./accounts/sweep.ts";
import { startTidyingWorkspaces } from "./accounts/workspace/tidy-workspaces.ts";
import type { AppDeps } from "./app.ts";
import { startReadingCalendars } from "./calendars/read-calendars.ts";
import { giveBackLater, giveBackNow } from "./connections/give-back.ts";
import { resealSecrets } from "./connections/reseal.ts";
import { startMailingMissedReplies } from "./conversations/mail-missed-replies.ts";
import { prepareJobs } from "./jobs/queue.ts";
import { startJobs } from "./jobs/run-jobs.ts";
import { openTransport } from "./mail/open-transport.ts";
import { sendMail } from "./mail/send-mail.ts";
import { followMeeting } from "./meetings/follow-meeting.ts";
import { remindMeeting } from "./meetings/remind-meeting.ts";
import { openFollowing } from "./open-following.ts";
import { openProviders } from "./providers.ts";
import { sendHints } from "./realtime/bus.ts";
import type { Hint } from "./realtime/hints.ts";

/** The worker role: mails, and what else leaves us. Apart from the web role, so that no kill of that one doubles a mail. */
export async function startWorker({ config, log, pool, db }: AppDeps): Promise<{ close(): Promise<void> }> {
  await prepareJobs(pool);
  const transport = await openTransport(config);
  const { secretKey, publicUrl } = config;
  const announce = (hint: Hint) =>
    void sendHints(pool, [hint]).catch((error: unknown) => log.warn({ err: error }, "a hint was lost"));
  const providers = openProviders({ config, db, log, zones: createZones(), announce });
  const { calendars, connections } = providers;
  const following = openFollowing({ config, calendars, announce });
  const jobs = await startJobs({
    pool,
    log,
    handlers: {
      "mail:send": (payload, context) => sendMail({ db, transport, log }, payload, context),
      "reset:mail": ({ member }, { jobId }) => mailReset({ db, publicUrl }, member, jobId),
      "meeting:follow": (payload, context) => followMeeting(following, payload, context),
      "meeting:remind": (payload) => remindMeeting({ db, secretKey, publicUrl }, payload),
      "connection:give_back": (ref, context) => giveBackLater({ ...connections, log }, ref, context),
    },
  });
  const replies = startMailingMissedReplies({ db, config, log, now: Date.now });
  const tidying = startTidyingWorkspaces({
    db,
    log,
    announceGone: (workspaceId) => sendHints(pool, [{ kind: "workspace_gone", workspaceId }]),
    giveBack: async (workspaceId) => {
      await giveBackNow({ ...connections, log }, workspaceId);
    },
  });
  const sweeping = startSweeping({ db, log });
  const reading = startReadingCalendars(calendars);
  // The old key can be taken away once the log says that this is done.
  if (config.previousSecretKey !== null)
    resealSecrets({ db, log }, connections.keys).catch((err: unknown) =>
      log.error({ err }, "what the key of before has sealed could not be sealed anew"),
    );
  return {
    async close() {
      await reading.close();
      await sweeping.close();
      await tidying.close();
      await replies.close();
      await jobs.stop();
      // What jobs ask of calendars is over by now.
      await providers.close();
      transport.close();
    },
  };
}
