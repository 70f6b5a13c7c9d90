import type { Desk } from "../models/desk.ts";
import { passwordText } from "../text/passwords.ts";
import { profileText as text } from "../text/profile.ts";
import { ProfileActions, ProfileSection } from "./ProfileSection.tsx";
import { SectionPage } from "./SectionPage.tsx";
import { SignInSection } from "./SignInSection.tsx";

const sections = [
  { section: "profile", label: text.section },
  { section: "sign-in", label: passwordText.signedIn.section },
] as const;

/** What I tell of myself, and how I sign in. */
export function MePage({ desk }: { desk: Desk }) {
  const isSignIn = desk.places.place.value.section === "sign-in";
  return (
    <SectionPage
      desk={desk}
      page="me"
      title={text.title}
      sections={sections}
      current={isSignIn ? "sign-in" : "profile"}
      actions={!isSignIn && <ProfileActions me={desk.me} />}
    >
      {isSignIn ? <SignInSection desk={desk} /> : <ProfileSection desk={desk} />}
    </SectionPage>
  );
}
