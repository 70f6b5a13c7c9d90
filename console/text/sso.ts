import type { DomainProblem, ProviderKind, SsoProblem } from "../../shared/protocol/sso-routes.ts";

// Every string of single sign-on.

/** Told to whoever comes back from a provider. */
const problems: Record<SsoProblem, string> = {
  start_again:
    "That sign-in is over: it took too long, was used before, or began in another browser. Start again.",
  refused_there: "Your company's sign-in said no. Try again, or ask your admin.",
  unreachable:
    "Your company's sign-in cannot be reached, or its answer makes no sense. Try again in a moment.",
  bad_signature:
    "The answer of your company's sign-in could not be checked. Try again; if it stays, tell your admin.",
  wrong_issuer: "The answer came from another provider than the one that was set up. Tell your admin.",
  wrong_audience: "The answer was made for another application. Tell your admin.",
  wrong_time: "The answer was too late or too early. Try again; if it stays, a clock is wrong.",
  not_ours: "The answer does not belong to this sign-in. Try again.",
  wrong_client: "Your company's sign-in does not know Foyer. Tell your admin.",
  no_email: "Your company's sign-in did not tell an e-mail address. Tell your admin.",
  email_unverified:
    "Your company's sign-in has not verified your e-mail address. Verify it there, then try again.",
  domain_unproven: "Your e-mail address is not of a domain that your workspace has proven. Tell your admin.",
  no_account: "You cannot be signed in with this account. Ask your admin.",
  other_account: "That is another account than the one you are signed in with.",
};

/** Told to the admin who tries a provider: what to mend, and where. */
const runProblems: Record<SsoProblem, string> = {
  ...problems,
  refused_there: "The provider said no. Check there that you may use this application.",
  unreachable: "The provider could not be reached, or its answer makes no sense. Check its address.",
  bad_signature:
    "The answer is not signed as it must be. OpenID Connect: the ID token must be signed with the provider's own key (RS256, for example). SAML: switch on signing of both the response and the assertion with SHA-256, and check the certificate.",
  wrong_issuer:
    "The answer names another issuer than the one set up. Copy it from the provider exactly as it stands there.",
  wrong_audience:
    "The answer was made for another application. Check the client id, or our entity id, at the provider.",
  wrong_time:
    "The answer is past its time or not valid yet. The clocks of both servers must agree within two minutes.",
  not_ours:
    "The provider did not take the sign-in code, or its answer belongs to another question. Try again.",
  wrong_client: "The provider does not take this client id and secret. Copy both again.",
  no_email:
    "No e-mail address came back. Let the provider send one (OpenID Connect: the claim email; SAML: the attribute email or mail).",
  email_unverified:
    "The provider does not say that this address is verified (email_verified). Only verified addresses are let in. With Microsoft Entra ID, turn on the optional claim xms_edov, or use SAML.",
  domain_unproven:
    "The address is not of a domain that you have proven. Prove its domain first, then try again.",
  no_account: problems.no_account,
};

const domainProblems: Record<DomainProblem, string> = {
  nothing_found: "Nothing was found yet. A DNS record may take some minutes to be seen everywhere.",
  other_value: "A record was found, but with another value. Copy the value again.",
  unreachable: "There is no DNS record yet, and the domain's website did not answer over HTTPS.",
  redirected:
    "There is no DNS record yet, and the website sends visitors to another host. Use the DNS record.",
  private: "There is no DNS record yet, and the name leads into a private network. Use the DNS record.",
  taken: "Another workspace has proven this domain.",
};

export const ssoText = {
  tab: "Sign-in",
  problems,
  runProblems,
  domainProblems,
  signIn: {
    continueWith: (name: string) => `Continue with ${name}`,
    or: "or with your password",
    only: "Your company signs in here without a password.",
  },
  noPasswords:
    "Your company takes no passwords here. Open the sign-in page, type your address, and continue through your company.",
  prove: {
    lead: "You sign in through your company. Confirm there that it is you; then do again what you were about to do.",
    go: (name: string) => `Confirm with ${name}`,
    or: "or with your password",
  },
  kinds: { oidc: "OpenID Connect", saml: "SAML 2.0" } satisfies Record<ProviderKind, string>,
  states: { draft: "Draft", verified: "Verified", on: "On" },
  providers: {
    title: "Single sign-on",
    lead: "Let people come in through your company's own sign-in: Okta, Microsoft Entra, Google Workspace, Keycloak, or any other that speaks OpenID Connect or SAML 2.0.",
    add: "Add a provider",
    addTitle: "Add a provider",
    name: "Name",
    nameHint: "People read it on the sign-in page: “Continue with …”.",
    namePlaceholder: "Acme sign-in",
    kind: "How it speaks",
    create: "Go on",
    people: (n: number) => (n === 1 ? "1 person" : `${n} people`),
    none: "No provider yet. People sign in by password.",
    open: "Set up",
  },
  guide: {
    back: "All of sign-in",
    remove: "Remove this provider",
    removeTitle: "Remove this provider?",
    removeWords: (name: string) => `Nobody can sign in through “${name}” any more. Members stay members.`,
    removePeople: (people: number, stranded: number) => {
      if (people === 0) return "Nobody has come in through it yet.";
      const came = people === 1 ? "One person came in through it." : `${people} people came in through it.`;
      if (people === 1 && stranded === 1)
        return "One person came in through it, who has no password and no other provider. “Forgot your password?” on the sign-in page helps them once no provider is on; else they come in through another one.";
      if (stranded === 0) return `${came} All can come in another way.`;
      const who = stranded === 1 ? "One has" : `${stranded} have`;
      return `${came} ${who} no password and no other provider. “Forgot your password?” on the sign-in page helps them once no provider is on; else they come in through another one.`;
    },
    removeSessions: "Whoever is signed in by this provider alone is signed out.",
    removeMine: "You are one of them: in this browser you stay signed in, elsewhere you are signed out.",
    needed:
      "Not while this is the last way in: passwords are off. Switch another provider on first, or let passwords back in on the page of sign-in.",
    neededToChange:
      "This would make it another provider, which is off until it has been tried, and passwords are off. Add the new one beside it and switch that on first, or let passwords back in on the page of sign-in. A new secret or certificate alone can be saved at any time.",
    steps: (n: number) => `Step ${n}`,
    ours: {
      title: "Tell your provider about Foyer",
      oidc: "Make a new web application there, of the kind “OpenID Connect, authorization code”, with this redirect address.",
      saml: "Make a new SAML application there. Give it our metadata, or these addresses one by one. Both the response and the assertion must be signed.",
      redirectUrl: "Redirect address",
      metadataUrl: "Metadata address",
      download: "Download metadata",
      entityId: "Our entity id (audience)",
      acsUrl: "Answer address (ACS)",
    },
    theirs: {
      title: "Tell Foyer about your provider",
      oidc: "The application's page there shows these three.",
      saml: "Give us your provider's metadata, or fill in what stands in it.",
      issuer: "Issuer",
      issuerHint: "The address that names the provider, such as https://login.example.com.",
      entraHint:
        "Microsoft Entra ID does not say by itself whether an address is verified. Add the optional claim xms_edov to the ID token there, or use SAML.",
      clientId: "Client id",
      secret: "Client secret",
      secretKept: "Kept safe. Type a new one to replace it.",
      secretHint: "Kept sealed; nobody can read it again.",
      metadata: "Metadata (XML)",
      metadataHint: "Paste it, or choose the file.",
      file: "Choose a file",
      read: "Read metadata",
      readDone: "Read. Check the fields below, then save.",
      readFailed: {
        xml: "This is not the metadata of one SAML provider.",
        entityId: "The metadata names no entity id.",
        signInUrl: "The metadata names no sign-in address for redirects (HTTP-Redirect).",
        certificates: "The metadata holds no certificate that we can use.",
      } as Record<string, string>,
      entityId: "Entity id",
      signInUrl: "Sign-in address",
      certificate: "Certificate",
      certificateHint:
        "The certificate that it signs with. Several, one after the other, while it changes keys.",
      expires: (day: string) => `Valid until ${day}.`,
      expiresSoon: (day: string) =>
        `Valid only until ${day}. Add the provider’s next certificate below this one in time.`,
      expired: (day: string) =>
        `Expired on ${day}. Replace it with the certificate that the provider signs with now.`,
      save: "Save",
      saved: "Saved.",
      again: "Saved. Try it again before it is switched on.",
      tryNow: "Saved, and still on. Try it now, so that nobody stands before a closed door.",
      fields: {
        "oidc.issuer": "The issuer must be a web address that begins with https://.",
        "oidc.clientId": "Fill in the client id.",
        "saml.signInUrl": "The sign-in address must begin with https://.",
        "saml.entityId": "Fill in the entity id.",
        certificates:
          "This is not a certificate that we can use. It begins with -----BEGIN CERTIFICATE-----.",
        "saml.certificates":
          "This is not a certificate that we can use. It begins with -----BEGIN CERTIFICATE-----.",
      } as Record<string, string>,
    },
    joining: {
      title: "Choose what new people become",
      lead: "Whoever comes in for the first time gets an account, if their address is of a domain you have proven.",
      role: "Role",
      team: "Team",
      noTeam: "No team",
      idpTitle: "May begin at the provider",
      idpHint:
        "People may open Foyer from a tile there. A little less safe: such an answer was asked for by nobody here.",
    },
    tryIt: {
      title: "Try it",
      lead: "You are sent to the provider and back. Nobody is signed in; you see here what came back.",
      button: "Try it now",
      first: "Save the provider's details first.",
      noDomain: "Prove a domain first: only addresses of proven domains are let in.",
      good: "It works. This is what came back about you:",
      bad: "It does not work yet.",
      changed:
        "The secret or a certificate is new and has not been tried. The provider is on: try it now to see that people can still come in.",
      issuer: "Issuer",
      subject: "Who they are there",
      email: "E-mail",
      verified: "verified",
      unverified: "not verified",
      name: "Name",
      none: "nothing",
      more: "Everything else it told",
      away: "The provider could not be reached",
    },
    turn: {
      title: "Switch it on",
      lead: "From then on the sign-in page offers it to everybody with an address of your domains.",
      label: "This provider is on",
      first: "Possible once a try has come off.",
      on: "On. People can sign in through it.",
      turnedOn: "Switched on.",
      turnedOff: "Switched off.",
    },
  },
  domains: {
    title: "Domains",
    lead: "Prove that a domain is yours. Only people with an address of a proven domain are let in by single sign-on.",
    field: "Domain",
    placeholder: "example.com",
    add: "Add",
    none: "No domain yet.",
    proven: "Proven",
    open: "Not proven",
    by: { dns: "by DNS", file: "by a file" },
    remove: (domain: string) => `Remove ${domain}`,
    removeTitle: "Remove this domain?",
    removeWords: (domain: string) =>
      `Nobody new comes in with an address of ${domain}. Those who are known stay known.`,
    how: "Do one of these two, then check.",
    dns: "A TXT record in your DNS",
    dnsName: "Name",
    dnsValue: "Value",
    file: "Or a file on your website",
    fileUrl: "Address",
    fileText: "Content",
    check: "Check now",
    refused:
      "Check the domain: example.com, without www or https. Domains that give mail to everybody cannot be proven.",
    taken: "This domain is in the list already.",
    needed: "Not while the workspace signs in by single sign-on only: this is its last proven domain.",
  },
  only: {
    title: "Single sign-on only",
    lead: "Switch passwords off for everybody but a few admins.",
    label: "People sign in by single sign-on only",
    first: "Possible once a provider is on.",
    what: [
      "Passwords no longer count, and none can be reset. Whoever is signed in by one is signed out.",
      "Invited people with an address of your domains join through your provider.",
      "The admins chosen here keep their password for the day your provider is away.",
    ],
    who: "Admins who keep their password",
    whoHint: "At least one. A long password, kept where you find it on a bad day.",
    nobody: "No admin has a password. One is needed before passwords can be switched off.",
    save: "Save",
    turnOn: "Switch passwords off",
    turnOff: "Let passwords back in",
    sureTitle: "Switch passwords off?",
    sure: "Everybody but the admins you chose is signed out where a password let them in.",
    outside: (names: string, more: number) =>
      `${names}${more > 0 ? ` and ${more} more` : ""} could not come back in: their addresses are of no domain that you have proven.`,
    keep: "Keep passwords",
    savedOn: "Passwords are off.",
    savedOff: "Passwords count again.",
  },
  copy: (what: string) => `Copy ${what}`,
  copied: "Copied",
};
