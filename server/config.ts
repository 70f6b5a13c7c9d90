import { isIP } from "node:net";
import { resolve } from "node:path";
import { z } from "zod";
import { loadOrCreateSecretKey } from "./secret-key.ts";
import { StartRefused } from "./start-refused.ts";

export type Config = {
  role: "all" | "web" | "worker";
  host: string;
  port: number;
  /** The demo shop listens on a port of its own, so that everything crosses origins as in life. */
  demoPort: number;
  /** Absolute path. */
  dataDir: string;
  /** Null: the built-in PostgreSQL under `dataDir` is used. */
  databaseUrl: string | null;
  /** Connections that one process may open. */
  databasePoolSize: number;
  /** Origin at which browsers reach us, without a slash at the end. */
  publicUrl: string;
  /** Who may tell us a caller's address in `X-Forwarded-For`: addresses, subnets, or express's names for them, with commas. */
  trustedProxies: string;
  /** At least 32 characters; signs links and seals outside tokens. */
  secretKey: string;
  /** The key before `secretKey`: outside tokens sealed with it still open, and are sealed anew at the start. */
  previousSecretKey: string | null;
  /** Null: mails go to the demo mailbox. */
  smtpUrl: string | null;
  /** Whether what admins type in (an identity provider's address) may lead into private networks. */
  allowsPrivateHosts: boolean;
  /** Where outside services are: their own addresses, or counterparts of them in tests. Without a slash at the end. */
  providers: ProviderAddresses;
  /** Seed the demo workspace and serve the demo shop. */
  isDemo: boolean;
  logLevel: LogLevel;
};

/** Origins (and, for tests, paths) of the services that members connect. */
export type ProviderAddresses = {
  /** `accounts`: where a person consents; `tokens`: where codes and tokens are exchanged and revoked. */
  google: { accounts: string; tokens: string; api: string };
  microsoft: { login: string; graph: string };
  zoom: { oauth: string; api: string };
};

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

type Environment = Readonly<Record<string, string | undefined>>;

const minimumSecretLength = 32;

const port = (sentence: string) =>
  z
    .string()
    .regex(/^\d{1,5}$/, sentence)
    .transform(Number)
    .refine((value) => value <= 65_535, sentence);

const oneOf = <const T extends readonly [string, ...string[]]>(name: string, values: T) =>
  z.enum(values, { error: () => `${name} must be one of ${values.join(", ")}: correct it or leave it out.` });

const urlWith = (protocols: readonly string[], sentence: string) =>
  z.string().refine((value) => URL.canParse(value) && protocols.includes(new URL(value).protocol), sentence);

/** Where the services themselves are. */
export const usualProviders: ProviderAddresses = {
  google: {
    accounts: "https://accounts.google.com",
    tokens: "https://oauth2.googleapis.com",
    api: "https://www.googleapis.com",
  },
  microsoft: { login: "https://login.microsoftonline.com", graph: "https://graph.microsoft.com" },
  zoom: { oauth: "https://zoom.us", api: "https://api.zoom.us" },
};

const providerUrl = (name: string, usual: string) =>
  urlWith(
    ["http:", "https:"],
    `${name} must be the address of that service, such as ${usual}: correct it or leave it out.`,
  )
    .transform((value) => value.replace(/\/+$/, ""))
    .default(usual);

const publicUrlSentence =
  "PUBLIC_URL must be the address at which browsers reach Foyer, without a path: for example https://chat.example.com.";

// Every message is one whole sentence that names the setting and never repeats a value which may be secret.
const environment = z.object({
  ROLE: oneOf("ROLE", ["all", "web", "worker"]).default("all"),
  HOST: z
    .string()
    .refine(
      (value) => /^[A-Za-z0-9._:-]+$/.test(value) && URL.canParse(`http://${hostInUrl(value)}`),
      "HOST must be a host name or an address to listen on, such as 127.0.0.1 or 0.0.0.0.",
    )
    .default("127.0.0.1"),
  PORT: port(
    "PORT must be a number from 0 to 65535 (0 takes any free port): correct it or leave it out for 3000.",
  ).default(3000),
  DEMO_PORT: port(
    "DEMO_PORT must be a number from 0 to 65535: correct it or leave it out for PORT + 1.",
  ).optional(),
  DATA_DIR: z.string().default("./data"),
  DATABASE_URL: urlWith(
    ["postgres:", "postgresql:"],
    "DATABASE_URL must look like postgresql://user:password@host:5432/name: correct it, or leave it out to use the built-in database.",
  ).optional(),
  DATABASE_POOL: z
    .string()
    .regex(
      /^\d{1,4}$/,
      "DATABASE_POOL must be a number from 2 to 1000, the connections one process may open.",
    )
    .transform(Number)
    .refine((value) => value >= 2 && value <= 1000, {
      error: "DATABASE_POOL must be a number from 2 to 1000, the connections one process may open.",
    })
    .default(20),
  PUBLIC_URL: urlWith(["http:", "https:"], publicUrlSentence)
    .refine((value) => {
      if (!URL.canParse(value)) return true; // Said already.
      const { pathname, search, hash, username } = new URL(value);
      return pathname === "/" && search === "" && hash === "" && username === "";
    }, publicUrlSentence)
    .transform((value) => new URL(value).origin)
    .optional(),
  SECRET_KEY: z
    .string()
    .min(minimumSecretLength, {
      error: `SECRET_KEY is too short: give it at least ${minimumSecretLength} random characters, for example from "openssl rand -base64 36".`,
    })
    .optional(),
  SECRET_KEY_PREVIOUS: z
    .string()
    .min(minimumSecretLength, {
      error:
        "SECRET_KEY_PREVIOUS is too short to have been a SECRET_KEY: set it to the key of before, or leave it out.",
    })
    .optional(),
  SMTP_URL: urlWith(
    ["smtp:", "smtps:"],
    "SMTP_URL must look like smtps://user:password@mail.example.com:465: correct it, or leave it out to use the demo mailbox.",
  ).optional(),
  TRUST_PROXY: z
    .string()
    .refine(
      (value) => value.split(",").every((part) => isProxyName(part.trim())),
      "TRUST_PROXY must list the proxies in front of Foyer with commas: addresses or subnets such as 10.0.0.0/8, or loopback, linklocal, uniquelocal.",
    )
    .default("loopback"),
  ALLOW_PRIVATE_HOSTS: oneOf("ALLOW_PRIVATE_HOSTS", ["on", "off"]).default("off"),
  GOOGLE_ACCOUNTS_URL: providerUrl("GOOGLE_ACCOUNTS_URL", usualProviders.google.accounts),
  GOOGLE_TOKENS_URL: providerUrl("GOOGLE_TOKENS_URL", usualProviders.google.tokens),
  GOOGLE_API_URL: providerUrl("GOOGLE_API_URL", usualProviders.google.api),
  MICROSOFT_LOGIN_URL: providerUrl("MICROSOFT_LOGIN_URL", usualProviders.microsoft.login),
  MICROSOFT_GRAPH_URL: providerUrl("MICROSOFT_GRAPH_URL", usualProviders.microsoft.graph),
  ZOOM_OAUTH_URL: providerUrl("ZOOM_OAUTH_URL", usualProviders.zoom.oauth),
  ZOOM_API_URL: providerUrl("ZOOM_API_URL", usualProviders.zoom.api),
  DEMO: oneOf("DEMO", ["on", "off"]).optional(),
  LOG_LEVEL: oneOf("LOG_LEVEL", logLevels).default("info"),
});

/** Reads every setting once. Throws StartRefused with one sentence for the first setting that will not do. */
export function readConfig(env: Environment): Config {
  // Compose files and service units write `NAME=` for "not set".
  const present = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ""),
  );
  const parsed = environment.safeParse(present);
  if (!parsed.success) {
    throw new StartRefused(
      parsed.error.issues[0]?.message ?? "The settings cannot be read: check the environment.",
    );
  }
  const settings = parsed.data;
  const databaseUrl = settings.DATABASE_URL ?? null;
  if (databaseUrl === null && settings.ROLE !== "all") {
    throw new StartRefused(
      `ROLE=${settings.ROLE} needs DATABASE_URL, because the built-in database belongs to one process: set DATABASE_URL or leave ROLE out.`,
    );
  }
  if (databaseUrl !== null && settings.SECRET_KEY === undefined) {
    throw new StartRefused(
      `SECRET_KEY is needed with DATABASE_URL: set it to at least ${minimumSecretLength} random characters, the same on every process, for example from "openssl rand -base64 36".`,
    );
  }
  const demoPort = settings.DEMO_PORT ?? defaultDemoPort(settings.PORT);
  if (demoPort === settings.PORT && demoPort !== 0) {
    throw new StartRefused(
      "DEMO_PORT must differ from PORT, so that the demo shop is another origin: choose another number.",
    );
  }
  const dataDir = resolve(settings.DATA_DIR);
  const publicUrl = settings.PUBLIC_URL ?? `http://${hostInUrl(settings.HOST)}:${settings.PORT}`;
  // Sessions travel in cookies: past this machine never in clear.
  if (publicUrl.startsWith("http:") && !isLoopbackHost(new URL(publicUrl).hostname)) {
    throw new StartRefused(
      "PUBLIC_URL must begin with https:// unless it is this machine's own address, because whoever listens on the way could take over sessions: put a proxy with TLS in front of Foyer and set PUBLIC_URL to its address, such as https://chat.example.com.",
    );
  }
  // The demo offers its passwords to whoever asks: by itself it is for this machine only.
  const isPrivate = isLoopbackHost(settings.HOST) && isLoopbackHost(new URL(publicUrl).hostname);
  return {
    role: settings.ROLE,
    host: settings.HOST,
    port: settings.PORT,
    demoPort,
    dataDir,
    databaseUrl,
    databasePoolSize: settings.DATABASE_POOL,
    publicUrl,
    trustedProxies: settings.TRUST_PROXY,
    secretKey: settings.SECRET_KEY ?? loadOrCreateSecretKey(dataDir),
    previousSecretKey: settings.SECRET_KEY_PREVIOUS ?? null,
    smtpUrl: settings.SMTP_URL ?? null,
    allowsPrivateHosts: settings.ALLOW_PRIVATE_HOSTS === "on",
    providers: {
      google: {
        accounts: settings.GOOGLE_ACCOUNTS_URL,
        tokens: settings.GOOGLE_TOKENS_URL,
        api: settings.GOOGLE_API_URL,
      },
      microsoft: { login: settings.MICROSOFT_LOGIN_URL, graph: settings.MICROSOFT_GRAPH_URL },
      zoom: { oauth: settings.ZOOM_OAUTH_URL, api: settings.ZOOM_API_URL },
    },
    isDemo: settings.DEMO === undefined ? databaseUrl === null && isPrivate : settings.DEMO === "on",
    logLevel: settings.LOG_LEVEL,
  };
}

function isLoopbackHost(host: string): boolean {
  return ["localhost", "::1", "[::1]"].includes(host) || (isIP(host) === 4 && host.startsWith("127."));
}

function isProxyName(part: string): boolean {
  if (["loopback", "linklocal", "uniquelocal"].includes(part)) return true;
  const [, address = "", bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(part) ?? [];
  const most = isIP(address) === 4 ? 32 : 128;
  return isIP(address) !== 0 && (bits === undefined || Number(bits) <= most);
}

function defaultDemoPort(mainPort: number): number {
  if (mainPort === 0) return 0;
  return mainPort === 65_535 ? mainPort - 1 : mainPort + 1;
}

/** A wildcard address is for listening; a browser on this machine says localhost. */
function hostInUrl(host: string): string {
  if (host === "0.0.0.0" || host === "::") return "localhost";
  return host.includes(":") ? `[${host}]` : host;
}
