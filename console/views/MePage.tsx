import type { Desk } from "../models/desk.ts";
import { profileText as text } from "../text/profile.ts";
import { ProfileActions, ProfileSection } from "./ProfileSection.tsx";
import { SectionPage } from "./SectionPage.tsx";

/** What I tell of myself. */
export function MePage({ desk }: { desk: Desk }) {
  return (
    <SectionPage
      desk={desk}
      page="me"
      title={text.title}
      sections={[{ section: "profile", label: text.section }]}
      current="profile"
      actions={<ProfileActions me={desk.me} />}
    >
      <ProfileSection desk={desk} />
    </SectionPage>
  );
}
