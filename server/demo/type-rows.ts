import type { MeetingTypeId, MemberId } from "../../shared/model/ids.ts";
import { newId } from "../db/ids.ts";
import { placeOf } from "../meetings/place-of.ts";
import { demoWorkspaceId } from "./demo-ids.ts";
import { demoMeetingDetails, demoMeetingTypes } from "./meeting-types.ts";
import type { PortraitName } from "./portraits/portraits.ts";
import type { DemoRows } from "./store.ts";

type Made = Pick<DemoRows, "meetingTypes" | "meetingTypeHosts"> & { ids: Map<string, MeetingTypeId> };

/** The company's meeting types and their hosts. */
export function typeRows(members: ReadonlyMap<PortraitName, MemberId>, madeAt: Date): Made {
  const ids = new Map(demoMeetingTypes.map(({ slug }) => [slug, newId<"meeting_type">()] as const));
  const made: Made = { ids, meetingTypes: [], meetingTypeHosts: [] };
  for (const { hosts, noticeMinutes, questions, ...type } of demoMeetingTypes) {
    const id = ids.get(type.slug);
    if (id === undefined) throw new Error("each type was just given an id");
    made.meetingTypes.push({
      ...type,
      id,
      workspace_id: demoWorkspaceId,
      questions: JSON.stringify(questions),
      notice_minutes: noticeMinutes,
      counted_from: madeAt,
      created_at: madeAt,
    });
    for (const { key, weight = 1, priority = 2 } of hosts) {
      const member_id = members.get(key);
      if (member_id === undefined) throw new Error(`the demo lacks ${key}`);
      made.meetingTypeHosts.push({
        workspace_id: demoWorkspaceId,
        type_id: id,
        member_id,
        weight,
        priority,
        joined_at: madeAt,
      });
    }
  }
  return made;
}

/** Whose turn it might have been at a meeting of this type; all of them were there. */
export function turnsOf(slug: string, members: ReadonlyMap<PortraitName, MemberId>): MemberId[] {
  const type = demoMeetingTypes.find((each) => each.slug === slug);
  return (type?.hosts ?? []).flatMap(({ key }) => members.get(key) ?? []);
}

/** Where this host meets guests. */
export function placeWith(key: PortraitName): string | null {
  const means = { details: demoMeetingDetails[key], zoom: null, teams: null, calendar: null };
  const place = placeOf(null, means);
  return place === null || place === "no_place" ? null : JSON.stringify(place);
}
