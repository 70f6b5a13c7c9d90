import { useEffect } from "preact/hooks";
import type { Desk } from "../models/desk.ts";
import type { Section } from "../models/place.ts";
import { membersText as text } from "../text/members.ts";
import { MembersPeople } from "./MembersPeople.tsx";
import { MembersTeams } from "./MembersTeams.tsx";
import { SectionPage } from "./SectionPage.tsx";

const sections: readonly { section: Section; label: string }[] = [
  { section: "people", label: text.sections.people },
  { section: "teams", label: text.sections.teams },
];

/** Who is in the workspace, as what, and in which teams. */
export function MembersPage({ desk }: { desk: Desk }) {
  const { members, places } = desk;
  useEffect(() => void members.load(), [members]);
  const asked = places.place.value.section;
  const current = sections.some(({ section }) => section === asked) ? (asked as Section) : "people";
  return (
    <SectionPage desk={desk} page="members" title={text.title} sections={sections} current={current}>
      {current === "people" && <MembersPeople desk={desk} />}
      {current === "teams" && <MembersTeams desk={desk} />}
    </SectionPage>
  );
}
