import { describe, expect, it } from "vitest";
import type { TeamId } from "../../../shared/model/ids.ts";
import { judgePeople, type Known } from "./judge-people.ts";
import { parsePeople } from "./parse-people.ts";

const people = (text: string) => parsePeople(text).people;
const emails = (text: string) => people(text).map(({ email }) => email);

describe("people in a text", () => {
  it("are found whatever stands between them", () => {
    const four = ["a@x.example", "b@x.example", "c@x.example", "d@x.example"];
    expect(emails(four.join(", "))).toEqual(four);
    expect(emails(four.join(";"))).toEqual(four);
    expect(emails(four.join("\r\n"))).toEqual(four);
    expect(emails(four.join(" "))).toEqual(four);
    expect(emails(`${four.join("\t")}\n\n`)).toEqual(four);
    expect(emails(`${four.slice(0, 2).join(", ")},\n${four.slice(2).join(";\n")};`)).toEqual(four);
  });

  it("lose the names that mail programs put before addresses", () => {
    expect(emails("Zoë Martin <zoe@x.example>")).toEqual(["zoe@x.example"]);
    expect(emails('"Martin, Zoë" <zoe@x.example>, "Okoye, Desmond" <desmond@x.example>')).toEqual([
      "zoe@x.example",
      "desmond@x.example",
    ]);
    expect(emails("Martin, Zoë <zoe@x.example>; Okoye, Desmond <desmond@x.example>")).toEqual([
      "zoe@x.example",
      "desmond@x.example",
    ]);
    expect(emails("a@x.example, Zoë <zoe@x.example>, <c@x.example>")).toEqual([
      "a@x.example",
      "zoe@x.example",
      "c@x.example",
    ]);
    expect(people("Zoë <zoe@x.example>, rep, Sales")).toEqual([
      { line: 1, email: "zoe@x.example", role: "rep", team: "Sales", surplus: null },
    ]);
  });

  it("come from a table with or without titles, in any order of columns", () => {
    const rows = [
      { email: "a@x.example", role: "admin", team: "Sales, north", surplus: null },
      { email: "b@x.example", role: null, team: null, surplus: null },
    ];
    const plain = 'a@x.example,admin,"Sales, north"\nb@x.example,,';
    expect(people(plain)).toEqual(rows.map((row, index) => ({ line: index + 1, ...row })));
    const titled =
      '\uFEFFTeam;Name;E-mail;Role\r\n"Sales, north";Ada;a@x.example;admin\r\n;;b@x.example;\r\n';
    expect(people(titled)).toEqual(rows.map((row, index) => ({ line: index + 2, ...row })));
  });

  it("come from a table with one separator, whatever stands in its cells", () => {
    const row = { line: 2, email: "a@x.example", role: "rep", team: "Sales, north", surplus: null };
    expect(people("E-mail;Role;Team\na@x.example;rep;Sales, north")).toEqual([row]);
    expect(people("E-mail\tRole\tTeam\na@x.example\trep\tSales, north")).toEqual([row]);
    expect(people("b@x.example, c@x.example\na@x.example\trep\tSales, north")).toEqual([
      { line: 1, email: "b@x.example", role: null, team: null, surplus: null },
      { line: 1, email: "c@x.example", role: null, team: null, surplus: null },
      row,
    ]);
    expect(people("email,role,team\na@x.example,rep,Sales, north")).toMatchObject([{ surplus: "north" }]);
    expect(people("a@x.example,rep,Sales, north,,")).toMatchObject([{ surplus: "north" }]);
    expect(emails("email;manager\na@x.example;boss@x.example")).toEqual(["a@x.example"]);
  });

  it("come with the titles that nobody understood", () => {
    expect(parsePeople("E-Mail;Rolle;Team\na@x.example;Admin;North")).toEqual({
      people: [{ line: 2, email: "a@x.example", role: null, team: "North", surplus: null }],
      unreadTitles: ["Rolle"],
    });
    expect(parsePeople("email\na@x.example").unreadTitles).toEqual([]);
    expect(parsePeople("a@x.example;boss").unreadTitles).toEqual([]);
  });

  it("that make no sense are named by what they say, and spoil no other line", () => {
    expect(people('"open quote, a@x.example\nnot an address\nb@x.example')).toEqual([
      { line: 1, email: '"open quote, a@x.example', role: null, team: null, surplus: null },
      { line: 2, email: "not an address", role: null, team: null, surplus: null },
      { line: 3, email: "b@x.example", role: null, team: null, surplus: null },
    ]);
    expect(people(" \n,,\n")).toEqual([]);
  });
});

describe("what an invitation would do", () => {
  const sales = "00000000-0000-4000-8000-00000000000a" as TeamId;
  const north = "00000000-0000-4000-8000-00000000000b" as TeamId;
  const known: Known = {
    teams: [
      { id: sales, name: "Sales" },
      { id: north, name: "North | West" },
    ],
    members: new Map([
      ["here@x.example", true],
      ["gone@x.example", false],
    ]),
    invited: new Map([
      ["old@x.example", false],
      ["fresh@x.example", true],
    ]),
  };
  const judge = (text: string) => judgePeople(people(text), { role: "rep", teamIds: [north] }, known);

  it("is said for each line", () => {
    const text = [
      "NEW@x.example",
      "Here@X.example",
      "gone@x.example",
      "old@x.example",
      "fresh@x.example",
      "no address",
      "new@X.example",
      "boss@x.example,boss",
      "team@x.example,rep,Marketing",
      "jörg@müller.example",
      "more@x.example,rep,Sales,north",
    ].join("\n");
    expect(judge(text).map(({ outcome }) => outcome)).toEqual([
      "new",
      "member",
      "deactivated",
      "again",
      "just_sent",
      "bad_address",
      "twice",
      "unknown_role",
      "unknown_team",
      "foreign_address",
      "surplus_cell",
    ]);
    expect(judge(text).slice(-4)).toMatchObject([
      { word: "boss", role: null },
      { word: "Marketing", teamIds: [] },
      { email: "jörg@müller.example" },
      { word: "north" },
    ]);
  });

  it("takes role and teams of the line, else those for all", () => {
    expect(
      judge("a@x.example\nb@x.example,Meetings only,sales\nc@x.example,admin,\nd@x.example,,north | west"),
    ).toMatchObject([
      { role: "rep", teamIds: [north] },
      { role: "meetings_only", teamIds: [sales] },
      { role: "admin", teamIds: [north] },
      { role: "rep", teamIds: [north] },
    ]);
    expect(judge("a@x.example,,Sales|sales|Nowhere")).toMatchObject([
      { outcome: "unknown_team", word: "Nowhere" },
    ]);
  });

  it("takes nothing for an address that could smuggle in another", () => {
    for (const address of ["a@x.example%0Abcc:b@x.example", "a@@x.example", "@x.example"])
      expect(judge(address)).toMatchObject([{ outcome: "bad_address" }]);
    expect(judge(`${"a".repeat(300)}@x.example`)[0]).toMatchObject({ outcome: "bad_address" });
  });

  it("reads a text made to be read for ever, to its end", () => {
    const long = 47_000;
    for (const text of [
      `<${" ".repeat(long)}x`,
      `${" ".repeat(long)}"<`,
      `${'"<'.repeat(long / 2)}`,
      `${"<>".repeat(long / 2)}`,
      `${"a@b.example <".repeat(long / 13)}`,
    ])
      expect(people(text).length).toBeGreaterThan(0);
  });
});
