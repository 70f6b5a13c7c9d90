import { useEffect, useState } from "preact/hooks";
import type { Desk } from "../models/desk.ts";
import type { Section } from "../models/place.ts";
import { invitationText } from "../text/invitations.ts";
import { membersText as text } from "../text/members.ts";
import { Button } from "../ui/Button.tsx";
import { InvitationsSection } from "./InvitationsSection.tsx";
import { InviteDialog } from "./InviteDialog.tsx";
import { MembersPeople } from "./MembersPeople.tsx";
import { MembersTeams } from "./MembersTeams.tsx";
import { SectionPage } from "./SectionPage.tsx";

const sections: readonly { section: Section; label: string }[] = [
  { section: "people", label: text.sections.people },
  { section: "invitations", label: invitationText.section },
  { section: "teams", label: text.sections.teams },
];

/** Who is in the workspace, as what, and in which teams; who is invited. */
export function MembersPage({ desk }: { desk: Desk }) {
  const { members, places, invitations } = desk;
  const [isInviting, setInviting] = useState(false);
  useEffect(() => void members.load(), [members]);
  const asked = places.place.value.section;
  const current = sections.some(({ section }) => section === asked) ? (asked as Section) : "people";
  const invite = () => {
    invitations.begin();
    setInviting(true);
  };
  return (
    <SectionPage
      desk={desk}
      page="members"
      title={text.title}
      sections={sections}
      current={current}
      actions={
        current !== "teams" && (
          <Button look="primary" icon="plus" hasPopup="dialog" onClick={invite}>
            {invitationText.invite}
          </Button>
        )
      }
    >
      {current === "people" && <MembersPeople desk={desk} />}
      {current === "invitations" && <InvitationsSection desk={desk} />}
      {current === "teams" && <MembersTeams desk={desk} />}
      {isInviting && <InviteDialog desk={desk} onClose={() => setInviting(false)} />}
    </SectionPage>
  );
}
