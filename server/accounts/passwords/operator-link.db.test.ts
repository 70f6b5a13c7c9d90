import { afterEach, beforeEach, expect, it } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../db/testing.ts";
import { addWorkspace, type TestWorkspace } from "../../promises/test-workspace.ts";
import { hashToken } from "../session-cookie.ts";
import { mintOperatorLink } from "./operator-link.ts";
import { resetOfSecret } from "./store.ts";

let database: TestDatabase;
let workspace: TestWorkspace;

beforeEach(async () => {
  database = await createTestDatabase();
  workspace = await addWorkspace(database.db, { roles: ["admin"] });
});
afterEach(() => database.close());

const mint = (email: string) => mintOperatorLink(database.db, { publicUrl: "https://chat.example" }, email);
const find = (link: string | null) =>
  resetOfSecret(database.db, hashToken(link?.split("#")[1] ?? ""), { lock: false });

it("leads whoever runs the server to a new password of an admin, and ends the link before", async () => {
  const [admin] = workspace.members;
  const first = await mint(admin!.email.toUpperCase());
  const second = await mint(admin!.email);
  expect(second).toMatch(/^https:\/\/chat\.example\/console\/reset#[A-Za-z0-9_-]{43}$/);
  expect(await find(second)).toMatchObject({ member_id: admin!.id, replaced_at: null, is_expired: false });
  expect((await find(first))?.replaced_at).not.toBe(null);
  const { rows } = await database.pool.query("select action, actor_id, details from audit");
  expect(rows).toHaveLength(2);
  expect(rows[0]).toEqual({ action: "password_reset_asked", actor_id: null, details: { byOperator: true } });
});

it("is none for an address that nobody active has", async () => {
  expect(await mint("nobody@example.com")).toBe(null);
  await database.pool.query("update members set is_active = false");
  expect(await mint(workspace.members[0]!.email)).toBe(null);
});
