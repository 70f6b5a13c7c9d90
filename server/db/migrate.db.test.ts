import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createLog } from "../log.ts";
import { type Migration, migrate } from "./migrate.ts";
import { createTestDatabase, type TestDatabase } from "./testing.ts";

const log = createLog({ level: "silent", part: "test" });
const first: Migration = { id: 1, name: "people", up: "create table people (id int primary key)" };
const second: Migration = { id: 2, name: "names", up: "alter table people add column name text" };

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase({ isEmpty: true });
});
afterEach(() => database.close());

async function applied(): Promise<number[]> {
  const { rows } = await database.pool.query<{ id: number }>("select id from migrations order by id");
  return rows.map(({ id }) => id);
}

describe("migrations", () => {
  it("apply what is missing, in order and once", async () => {
    expect(await migrate(database.pool, [first], log)).toBe(1);
    expect(await migrate(database.pool, [first, second], log)).toBe(1);
    expect(await migrate(database.pool, [first, second], log)).toBe(0);
    expect(await applied()).toEqual([1, 2]);
  });

  it("are applied once by processes that start together", async () => {
    const slow: Migration = { ...first, up: `select pg_sleep(0.1); ${first.up}` };
    const counts = await Promise.all(
      Array.from({ length: 4 }, () => migrate(database.pool, [slow, second], log)),
    );
    expect(counts.toSorted()).toEqual([0, 0, 0, 2]);
  });

  it("leave nothing of one that fails, and keep those before it", async () => {
    const broken: Migration = {
      id: 2,
      name: "broken",
      up: "create table half (id int); select * from nowhere",
    };
    await expect(migrate(database.pool, [first, broken], log)).rejects.toThrow(
      /Migration 2 \(broken\) failed/,
    );
    expect(await applied()).toEqual([1]);
    const { rows } = await database.pool.query("select to_regclass('half') as half");
    expect(rows[0]?.half).toBeNull();
    expect(await migrate(database.pool, [first, second], log)).toBe(1);
  });

  it("refuse a database newer than the program", async () => {
    await migrate(database.pool, [first, second], log);
    await expect(migrate(database.pool, [first], log)).rejects.toThrow(/newer than this Foyer/);
  });

  it("refuse when an applied one was edited", async () => {
    await migrate(database.pool, [first], log);
    await expect(migrate(database.pool, [{ ...first, up: "select 1" }], log)).rejects.toThrow(
      /differs from this Foyer/,
    );
  });

  it("refuse a list with a gap", async () => {
    await expect(migrate(database.pool, [second], log)).rejects.toThrow("stands at place 1");
  });
});
