import { foundation } from "./0001-foundation.ts";
import { members } from "./0002-members.ts";
import { profiles } from "./0003-profiles.ts";
import { singleSignOn } from "./0004-single-sign-on.ts";
import { workspaces } from "./0005-workspaces.ts";
import { apps } from "./0006-apps.ts";
import { calendars } from "./0007-calendars.ts";

/** Every migration in order. One that has landed is never edited: a new one follows. */
export const migrations = [foundation, members, profiles, singleSignOn, workspaces, apps, calendars];
