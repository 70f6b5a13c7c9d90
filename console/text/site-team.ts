/** Who answers on a site. */
export const siteTeamText = {
  label: "Who answers here",
  hint: "Only they are asked for chats that begin on this site, shown to its visitors and booked by them.",
  everybody: "Everybody",
  team: (name: string, members: number) =>
    `${name} (${members === 0 ? "nobody" : members === 1 ? "1 member" : `${members} members`})`,
  empty:
    "Nobody who chats is in this team, so once this is saved, visitors of this site are told at once that nobody is here. Add members to it under Members.",
  saved: "Saved. New requests follow it.",
};
