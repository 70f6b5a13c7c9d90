export const firstRunText = {
  checking: "One moment",
  overTitle: "This link is over",
  overLead:
    "It works once, within 24 hours of the start that printed it. If nobody has set up the workspace yet, start the server again: it prints a new link. Else sign in as usual.",
  /** The console of a server that nobody has set up. */
  notYet: {
    title: "Not set up yet",
    lead: "Open the link that was printed where Foyer was started. It works once, within 24 hours; starting Foyer again prints a new one.",
    again: "Look again",
  },
  toConsole: "Go to the sign-in",
  unreachable: "The server cannot be reached. Check that it runs, then try again.",
  step: (n: number, of: number) => `Step ${n} of ${of}`,
  company: {
    title: "Welcome to Foyer",
    lead: "Your workspace is three short steps away. This is about your company and you.",
    companyName: "Company name",
    companyPlaceholder: "Example Ltd",
    color: "Colour",
    firstName: "First name",
    lastName: "Last name",
    email: "E-mail",
    emailHint: "You sign in with it.",
    password: "Password",
    next: "Continue",
  },
  site: {
    title: "Where is your website?",
    lead: "The widget shows on this site only. You can add more sites later.",
    back: "Back",
    create: "Create workspace",
    creating: "Creating",
  },
  tag: {
    title: (company: string) => `${company} is ready`,
    lead: "One thing is left: this tag in the pages of your website.",
    finish: "Go to the console",
    later: "I will do this later",
    laterHint: "You find the tag again under Settings, Sites.",
  },
  missing: {
    companyName: "Enter the name of your company.",
    firstName: "Enter your first name.",
    lastName: "Enter your last name.",
    email: "Enter your e-mail address, such as ada@example.com.",
    password: "Choose a password.",
  },
};
