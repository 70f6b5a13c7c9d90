/** A mail as a list of blocks; its HTML and its text are both made from it, so that they cannot say different things. */
export type MailContent = {
  subject: string;
  /** What a mailbox shows behind the subject. */
  preview: string;
  blocks: readonly MailBlock[];
  /** A line under everything: why this mail was sent. */
  footer: string;
};

export type MailBlock =
  | { kind: "heading"; text: string }
  | { kind: "text"; text: string }
  /** Somebody else's words; line breaks are kept. */
  | { kind: "quote"; text: string }
  | { kind: "person"; name: string; title: string; photoUrl: string | null }
  | { kind: "details"; rows: readonly { label: string; value: string; isStruck?: boolean }[] }
  | { kind: "actions"; actions: readonly { text: string; url: string; isMain: boolean }[] };

/** Whose mail it is. `color` is `#rrggbb`; `logoUrl` is a whole address, a dot of the colour stands in for none. */
export type MailBrand = { companyName: string; color: string; logoUrl?: string | null };

export type RenderedMail = { subject: string; text: string; html: string };
