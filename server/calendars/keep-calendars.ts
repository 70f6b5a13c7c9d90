import type { Kysely } from "kysely";
import { newId } from "../db/ids.ts";
import type { Database } from "../db/tables.ts";
import {
  deleteCalendar,
  insertCalendar,
  type ListedAccount,
  lockCalendars,
  markVanished,
  readAnew,
  receivesElsewhere,
  updateCalendar,
} from "./list-store.ts";
import type { FoundCalendar } from "./port.ts";

/** More than people have. */
const mostCalendars = 200;
const mostNameChars = 200;

/**
 * Keeps the calendars that an account was found to have, in the caller's transaction. Of a new account the main one takes time, and receives
 * meetings if none does yet. One that was chosen and is not there any more stays, as gone; the others go. `hasGone`: one that was
 * chosen is gone; `hasReturned`: one is there again, which a reading is to show; `isOther`: the list is
 * not the one of before.
 */
export async function keepCalendars(
  db: Kysely<Database>,
  of: ListedAccount,
  all: readonly FoundCalendar[],
): Promise<{ hasGone: boolean; hasReturned: boolean; isOther: boolean }> {
  const known = await lockCalendars(db, of);
  if (known === null) return { hasGone: false, hasReturned: false, isOther: false };
  const found = [...new Map(all.map((each) => [each.ref, tidy(each)])).values()].slice(0, mostCalendars);
  const main = known.length === 0 ? mainOf(found) : undefined;
  const receives = main?.isWritable === true && !(await receivesElsewhere(db, of));
  for (const calendar of found) {
    const before = known.find(({ ref }) => ref === calendar.ref);
    if (before === undefined) {
      const isMain = calendar === main;
      await insertCalendar(db, of, newId<"calendar">(), {
        ...calendar,
        blocksTime: isMain,
        receivesMeetings: isMain && receives,
      });
      continue;
    }
    await updateCalendar(db, of.workspaceId, before.id, calendar);
    // All-day events are elsewhere in another zone.
    if (before.isGone || before.zone !== calendar.zone) await readAnew(db, of.workspaceId, [before.id]);
  }
  const gone = known.filter(({ ref }) => !found.some((each) => each.ref === ref));
  const chosen = gone.filter(({ blocksTime, receivesMeetings }) => blocksTime || receivesMeetings);
  for (const { id } of chosen) await markVanished(db, of.workspaceId, id);
  for (const each of gone) if (!chosen.includes(each)) await deleteCalendar(db, of.workspaceId, each.id);
  const hasReturned = known.some((each) => each.isGone && each.blocksTime && !gone.includes(each));
  const isOther =
    hasReturned || gone.some(({ isGone }) => !isGone) || found.length > known.length - gone.length;
  return { hasGone: chosen.length > 0, hasReturned, isOther };
}

/** The one its owner would call "my calendar". */
function mainOf(found: readonly FoundCalendar[]): FoundCalendar | undefined {
  return found.find(({ isPrimary }) => isPrimary) ?? found.find(({ isWritable }) => isWritable) ?? found[0];
}

function tidy(calendar: FoundCalendar): FoundCalendar {
  const name = calendar.name
    .replace(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, mostNameChars);
  return {
    ...calendar,
    name: name === "" ? "Calendar" : name,
    color: calendar.color !== null && /^#[0-9a-f]{6}$/i.test(calendar.color) ? calendar.color : null,
  };
}
