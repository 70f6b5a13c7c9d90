import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "./config.ts";
import { StartRefused } from "./start-refused.ts";

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "foyer-config-"));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const secret = "k".repeat(32);
const outside = { DATABASE_URL: "postgresql://foyer:pw@db.internal/foyer", SECRET_KEY: secret };

function refusal(env: Record<string, string>): string {
  try {
    readConfig({ DATA_DIR: dataDir, ...env });
  } catch (error) {
    expect(error).toBeInstanceOf(StartRefused);
    return (error as Error).message;
  }
  throw new Error("the settings were accepted");
}

describe("settings", () => {
  it("need nothing: the demo runs on 127.0.0.1:3000 with the built-in database", () => {
    expect(readConfig({ DATA_DIR: dataDir })).toMatchObject({
      role: "all",
      host: "127.0.0.1",
      port: 3000,
      demoPort: 3001,
      databaseUrl: null,
      publicUrl: "http://127.0.0.1:3000",
      smtpUrl: null,
      isDemo: true,
      logLevel: "info",
    });
  });

  it("keep the secret key they made, readable by this user only", () => {
    const first = readConfig({ DATA_DIR: dataDir }).secretKey;
    expect(first.length).toBeGreaterThanOrEqual(32);
    expect(readConfig({ DATA_DIR: dataDir }).secretKey).toBe(first);
    expect(statSync(join(dataDir, "secret")).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(dataDir, "secret"), "utf8").trim()).toBe(first);
  });

  it("refuse a damaged secret key rather than sign with it", () => {
    writeFileSync(join(dataDir, "secret"), "short");
    expect(refusal({})).toContain("secret is damaged");
  });

  it("take an empty value as not set", () => {
    expect(readConfig({ DATA_DIR: dataDir, PORT: "", DATABASE_URL: " " })).toMatchObject({
      port: 3000,
      databaseUrl: null,
    });
  });

  it("turn the demo off where others could reach it, unless it is asked for", () => {
    for (const open of [{ HOST: "0.0.0.0" }, { PUBLIC_URL: "https://chat.example.com" }]) {
      expect(readConfig({ DATA_DIR: dataDir, ...open }).isDemo).toBe(false);
      expect(readConfig({ DATA_DIR: dataDir, ...open, DEMO: "on" }).isDemo).toBe(true);
    }
  });

  it("turn the demo off with a database of one's own, unless it is asked for", () => {
    expect(readConfig({ DATA_DIR: dataDir, ...outside }).isDemo).toBe(false);
    expect(readConfig({ DATA_DIR: dataDir, ...outside, DEMO: "on" }).isDemo).toBe(true);
  });

  it("give a public address that a browser can open when listening on every address", () => {
    expect(readConfig({ DATA_DIR: dataDir, HOST: "0.0.0.0", PORT: "8080" }).publicUrl).toBe(
      "http://localhost:8080",
    );
    expect(readConfig({ DATA_DIR: dataDir, HOST: "::1" }).publicUrl).toBe("http://[::1]:3000");
    expect(readConfig({ DATA_DIR: dataDir, PUBLIC_URL: "https://Chat.Example.com/" }).publicUrl).toBe(
      "https://chat.example.com",
    );
  });

  it.each([
    ["PORT", "abc"],
    ["PORT", "65536"],
    ["PORT", "-1"],
    ["DEMO_PORT", "3000"],
    ["HOST", "http://0.0.0.0"],
    ["HOST", "256.1.1.1"],
    ["PUBLIC_URL", "chat.example.com"],
    ["PUBLIC_URL", "https://example.com/chat"],
    ["PUBLIC_URL", "ftp://example.com"],
    ["PUBLIC_URL", "http://chat.example.com"],
    ["PUBLIC_URL", "http://192.168.1.20:3000"],
    ["PUBLIC_URL", "http://127.0.0.1.example.com"],
    ["DATABASE_URL", "mysql://db/foyer"],
    ["DATABASE_POOL", "1"],
    ["SECRET_KEY", "too short"],
    ["SMTP_URL", "mail.example.com"],
    ["ROLE", "boss"],
    ["ROLE", "worker"],
    ["TRUST_PROXY", "everybody"],
    ["TRUST_PROXY", "10.0.0.0/33"],
    ["DEMO", "yes"],
    ["LOG_LEVEL", "loud"],
  ])("refuse %s=%s in one sentence that names it", (name, value) => {
    const sentence = refusal({ [name]: value });
    expect(sentence.startsWith(name)).toBe(true);
    expect(sentence).not.toContain("\n");
    expect(sentence.endsWith(".")).toBe(true);
  });

  it("take a plain http address of this machine, and refuse the one that listening elsewhere would give", () => {
    for (const url of ["http://localhost:8080", "http://127.0.0.1:3000", "http://[::1]:3000"])
      expect(readConfig({ DATA_DIR: dataDir, PUBLIC_URL: url }).publicUrl).toBe(url);
    expect(refusal({ HOST: "192.168.1.20" })).toMatch(/^PUBLIC_URL must begin with https/);
    const behindProxy = { HOST: "192.168.1.20", PUBLIC_URL: "https://chat.example.com" };
    expect(readConfig({ DATA_DIR: dataDir, ...behindProxy }).host).toBe("192.168.1.20");
  });

  it("refuse a database of one's own without a secret key, and repeat no secret", () => {
    expect(refusal({ DATABASE_URL: outside.DATABASE_URL })).toMatch(/^SECRET_KEY is needed/);
    expect(refusal({ ...outside, SECRET_KEY: "hunter2" })).not.toContain("hunter2");
    expect(refusal({ DATABASE_URL: "mysql://root:hunter2@db/foyer" })).not.toContain("hunter2");
  });

  it("refuse a data directory that cannot be made", () => {
    writeFileSync(join(dataDir, "file"), "");
    expect(refusal({ DATA_DIR: join(dataDir, "file", "data") })).toMatch(/^DATA_DIR .* cannot be written/);
  });
});
