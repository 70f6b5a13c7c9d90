import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { refuseUnlessDurable } from "./connect.ts";
import { createTestDatabase, type TestDatabase } from "./testing.ts";

describe("the database connection", () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase({ isEmpty: true, poolSize: 2 });
  });
  afterAll(() => database.close());

  it("reads bigint as a number and a date as the day it is", async () => {
    const { rows } = await database.pool.query(
      `select 9007199254740991::bigint as big, array[1, 2]::bigint[] as bigs, '2026-03-29'::date as day, array['2026-03-29'::date] as days, 1.50::numeric as price`,
    );
    expect(rows[0]).toEqual({
      big: 9_007_199_254_740_991,
      bigs: [1, 2],
      day: "2026-03-29",
      days: ["2026-03-29"],
      price: "1.50",
    });
  });

  it("fails rather than round a bigint that a number cannot hold", async () => {
    await expect(database.pool.query("select 9007199254740993::bigint")).rejects.toThrow("too large");
  });

  it("outlives connections that the server ends, idle and in use", async () => {
    const { pool } = database;
    const held = await pool.connect();
    await pool.query("select 1");
    const killer = await createTestDatabase({ isEmpty: true });
    await killer.pool.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [
      new URL(database.url).pathname.slice(1),
    ]);
    await expect(held.query("select 1")).rejects.toThrow();
    held.release(true);
    await killer.close();
    await expect
      .poll(() =>
        pool.query("select 42 as answer").then(
          ({ rows }) => rows[0]?.answer,
          () => null,
        ),
      )
      .toBe(42);
  });

  it("is refused when the server may forget a commit", async () => {
    await expect(refuseUnlessDurable(database.pool)).rejects.toThrow(/has fsync off .*: switch it on/);
    const client = await createTestDatabase({ isEmpty: true, poolSize: 1 });
    await client.pool.query("set synchronous_commit = off");
    await expect(refuseUnlessDurable(client.pool)).rejects.toThrow("has synchronous_commit off");
    await client.close();
  });
});
