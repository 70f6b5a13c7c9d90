/** The dialog that asks again who one is. */
export const proofText = {
  title: "Confirm that it is you",
  lead: "What you are about to do is hard to take back. Enter your password to go on; you are not asked again for ten minutes.",
  password: "Your password",
  confirm: "Go on",
  confirming: "Checking",
  wrong: "That is not your password. Check it and try again.",
};
