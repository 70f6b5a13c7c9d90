import type { OAuthProvider } from "../../shared/model/connections.ts";
import type { AppCheck } from "../../shared/protocol/connection-routes.ts";

// Every string of what an admin sets up at providers, and of the doctor.

type ProviderWords = {
  title: string;
  use: string;
  register: string;
  steps: readonly string[];
  after: string;
};

export const integrationsText = {
  tab: "Integrations",
  apps: {
    title: "Calendars and video rooms",
    lead: "Register Foyer once at each provider that your people use; then they connect their own accounts. Calendars by CalDAV need no registration.",
    states: { none: "Not set up", saved: "Not tried yet", verified: "Works" },
  },
  providers: {
    google: {
      title: "Google",
      use: "Google Calendar, Google Meet",
      register: "Open Google Cloud",
      steps: [
        "Create a project, or choose one of your company's.",
        "Under “APIs and services”, enable the Google Calendar API.",
        "Under “OAuth consent screen”, choose “Internal” if all of you have accounts of one Google Workspace; else “External”, and publish it.",
        "Add the permissions (scopes) below.",
        "Under “Credentials”, create an OAuth client ID of the type “Web application”, with the redirect address below.",
      ],
      after: "An app in testing forgets everybody after seven days: publish it, or choose “Internal”.",
    },
    microsoft: {
      title: "Microsoft",
      use: "Outlook Calendar, Microsoft Teams",
      register: "Open Microsoft Entra",
      steps: [
        "Choose “New registration”. For the accounts, choose “any organizational directory and personal Microsoft accounts”.",
        "As redirect URI, choose the platform “Web” and enter the address below.",
        "Under “API permissions”, add the delegated permissions of Microsoft Graph below.",
        "Under “Certificates and secrets”, create a client secret. Copy its value, not its id.",
      ],
      after: "The secret ends on the day that you choose there. Put it into your calendar.",
    },
    zoom: {
      title: "Zoom",
      use: "A Zoom room for each meeting",
      register: "Open the Zoom marketplace",
      steps: [
        "Choose “Develop”, “Build app”, then “General app”, managed by the user.",
        "As OAuth redirect URL and in the allow list, enter the address below.",
        "Under “Scopes”, add the scopes below.",
        "Copy the client ID and secret of the production version.",
      ],
      after: "An app that is not published works for people of your own Zoom account.",
    },
  } satisfies Record<OAuthProvider, ProviderWords>,
  guide: {
    back: "All integrations",
    steps: {
      register: "Register Foyer there",
      copy: "Enter there",
      paste: "Enter here what you get",
      test: "Test it",
    },
    copyLead: "Exactly as it stands: one sign more or less, and nobody can connect.",
    redirectUrl: "Redirect address",
    scopes: "Scopes",
    scopesHint: "What Foyer asks people for. Nothing more is needed.",
    clientId: "Client ID",
    clientSecret: "Client secret",
    secretHint: "Kept sealed, and never shown again.",
    secretKept: "A secret is kept. Leave the field empty to keep it.",
    clientIdMissing: "Enter the client ID.",
    secretMissing: "Enter the client secret.",
    save: "Save",
    saved: (provider: string) => `${provider} is saved. Test it now.`,
    changed: "People who are connected stay connected as long as the provider takes the new ID.",
    testLead:
      "Asks the provider whether it knows this client ID, its secret and our address. Nobody has to sign in.",
    testFirst: "Save the client ID and secret first.",
    test: "Test now",
    testing: "Asking",
    verified: "Somebody has connected with it: it works.",
    mine: "Connect my own account",
    remove: "Remove this registration",
    removeTitle: (provider: string) => `Remove ${provider}?`,
    removeWords: (provider: string) => [
      `Nobody can connect a ${provider} account any more.`,
      `Accounts that are connected stop working within the hour: their people cannot be booked until they connect another one.`,
      "The registration at the provider stays. Delete it there yourself.",
    ],
    removed: (provider: string) => `${provider} is removed.`,
  },
  checks: {
    works: "It works: the provider knows the client ID, the secret and our address.",
    wrong_client: "The provider does not know this client ID. Copy it again, whole.",
    wrong_secret:
      "The provider does not take this client ID with this secret. Copy both again, or create a new secret there.",
    wrong_redirect:
      "The provider does not accept our address. Enter the redirect address above exactly as it stands.",
    unreachable: "The provider does not answer, so nothing is known. Try again in a moment.",
    unknown: "This provider answers only when a person signs in. Connect your own account: that shows it.",
  } satisfies Record<AppCheck, string>,
  doctor: {
    title: "Doctor",
    lead: "Whom guests cannot book now, and why. Whoever is missing here is fine.",
    fine: "Everything works",
    fineWords: (n: number) =>
      n === 0
        ? "Nobody has connected an account yet."
        : n === 1
          ? "The one account that is connected works."
          : `All ${n} connected accounts work.`,
    columns: { member: "Member", account: "Account", state: "What is wrong", good: "Last good" },
    again: "Look again",
    noAccount: "No account",
    unbookable: "Cannot be booked",
    bookable: "Can be booked",
    never: "Never",
    works: "Works",
    count: (n: number) => (n === 1 ? "1 person needs help" : `${n} people need help`),
  },
  danger: {
    title: "Outside access",
    lead: "If something has leaked: gives back every access of everybody here to Google, Microsoft, Zoom and CalDAV servers, and forgets it.",
    button: "Revoke every outside access",
    sureTitle: "Revoke every outside access?",
    sure: [
      "Every connected account of everybody is disconnected at once.",
      "Meetings that stand in calendars stay there, but no longer follow changes.",
      "Everybody has to connect again. The registrations above stay.",
    ],
    keep: "Keep them",
    done: (revoked: number, unanswered: number, forgotten: number) =>
      [
        `${revoked === 1 ? "1 access is" : `${revoked} accesses are`} given back.`,
        unanswered > 0 &&
          `${unanswered === 1 ? "1 provider" : `${unanswered} providers`} did not answer: asked again.`,
        forgotten > 0 &&
          `${forgotten} ${forgotten === 1 ? "is" : "are"} only forgotten here: Microsoft and CalDAV take nothing back, so people end it there.`,
      ]
        .filter(Boolean)
        .join(" "),
  },
};
