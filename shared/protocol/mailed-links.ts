/** Pages that mails lead to, on our own origin; a signed token follows. */
export const mailedPaths = {
  /** Shows one meeting, to move or cancel it. */
  meeting: "/meeting/",
  /** Back into the conversation. */
  conversation: "/chat/",
} as const;

/** The public page of a meeting type; its slug follows. */
export const bookingPagePath = "/m/";
