import type { Desk } from "../models/desk.ts";
import type { Section } from "../models/place.ts";
import { connectionsText } from "../text/connections.ts";
import { passwordText } from "../text/passwords.ts";
import { profileText as text } from "../text/profile.ts";
import { CalendarsSection } from "./CalendarsSection.tsx";
import { MeetingDetailsActions, MeetingDetailsSection } from "./MeetingDetailsSection.tsx";
import { ProfileActions, ProfileSection } from "./ProfileSection.tsx";
import { SectionPage } from "./SectionPage.tsx";
import { SignInSection } from "./SignInSection.tsx";

const sections = [
  { section: "profile", label: text.section },
  { section: "calendars", label: connectionsText.calendars.section },
  { section: "meeting-details", label: connectionsText.details.section },
  { section: "sign-in", label: passwordText.signedIn.section },
] as const satisfies readonly { section: Section; label: string }[];

/** What I tell of myself, my calendars, how guests meet me, and how I sign in. */
export function MePage({ desk }: { desk: Desk }) {
  const wanted = desk.places.place.value.section;
  const current = sections.find(({ section }) => section === wanted)?.section ?? "profile";
  return (
    <SectionPage
      desk={desk}
      page="me"
      title={text.title}
      sections={sections}
      current={current}
      actions={
        current === "profile" ? (
          <ProfileActions me={desk.me} />
        ) : (
          current === "meeting-details" && <MeetingDetailsActions details={desk.details} />
        )
      }
    >
      {current === "profile" && <ProfileSection desk={desk} />}
      {current === "calendars" && <CalendarsSection desk={desk} />}
      {current === "meeting-details" && <MeetingDetailsSection desk={desk} />}
      {current === "sign-in" && <SignInSection desk={desk} />}
    </SectionPage>
  );
}
