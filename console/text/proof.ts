/** The dialog that asks again who one is. */
export const proofText = {
  title: "Confirm that it is you",
  lead: "What you are about to do is hard to take back. Enter your password to go on; you are not asked again for ten minutes.",
  password: "Your password",
  demo: (password: string) => `In the demo it is ${password}, unless it was changed.`,
  confirm: "Go on",
  confirming: "Checking",
  none: "You have no password, and no sign-in of your company that knows you, so there is nothing yet to confirm with.",
  noneCompany:
    "Sign out, then sign in again through your company with the same address. After that you can confirm there.",
  noneMail: (email: string) =>
    `Set a password first: we mail a link to ${email}. Opening it signs you in anew, and you are confirmed for ten minutes.`,
  mail: "Mail me the link",
  mailed: (email: string) => `The link is on its way to ${email}. It is good for an hour.`,
  wrong: "That is not your password. Check it and try again.",
};
