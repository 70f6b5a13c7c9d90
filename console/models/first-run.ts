import { batch, computed, createModel, signal } from "@preact/signals";
import type { ZoneName } from "../../shared/model/ids.ts";
import { isPasswordProblem, type PasswordProblem } from "../../shared/model/new-password.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import { readOrigin } from "../../shared/protocol/site-origin.ts";
import type { SiteView } from "../../shared/protocol/workspace-routes.ts";
import type { ApiCall, Clock, Shelf } from "../ports.ts";
import { SitesModel } from "./sites.ts";

export type FirstRun = InstanceType<typeof FirstRunModel>;
export type FirstRunFields = {
  companyName: string;
  color: string;
  firstName: string;
  lastName: string;
  email: string;
  password: string;
  address: string;
};
type KeptFields = Omit<FirstRunFields, "password">;
/** `over`: used, past its time, or never a link. `inside`: that too, but this browser is signed in. */
export type FirstRunStep = "checking" | "over" | "inside" | "unreachable" | "company" | "site" | "tag";

/** `shelf` is of this tab: others on the same machine set up nothing of ours. */
export type FirstRunDeps = { call: ApiCall; clock: Clock; shelf: Shelf };

const shelfKey = "foyer.first-run";

/** What was typed before a reload; nothing of a password is kept. */
function readKept(shelf: Shelf): Partial<KeptFields> {
  try {
    const kept: unknown = JSON.parse(shelf.read(shelfKey) ?? "{}");
    const names = ["companyName", "color", "firstName", "lastName", "email", "address"] as const;
    const entries = names.map((name) => [name, (kept as Partial<Record<string, unknown>> | null)?.[name]]);
    return Object.fromEntries(entries.filter(([, value]) => typeof value === "string"));
  } catch {
    return {};
  }
}

/** From the link that the server printed to the tag on the admin's page. */
export const FirstRunModel = createModel((deps: FirstRunDeps, secret: string, zone: ZoneName) => {
  const { call, clock, shelf } = deps;
  const step = signal<FirstRunStep>("checking");
  const fields = signal<FirstRunFields>({
    companyName: "",
    color: "#4350d8",
    firstName: "",
    lastName: "",
    email: "",
    password: "",
    address: "",
    ...readKept(shelf),
  });
  const problem = signal<ErrorCode | null>(null);
  const passwordProblem = signal<PasswordProblem | null>(null);
  /** The address was refused by the server, though it looked like one. */
  const isEmailBad = signal(false);
  const isBusy = signal(false);
  const siteId = signal<SiteView["id"] | null>(null);
  const sites = new SitesModel(call, clock);
  const site = computed(() => sites.sites.value?.find(({ id }) => id === siteId.value) ?? null);

  return {
    step,
    fields,
    problem,
    passwordProblem,
    isEmailBad,
    isBusy,
    sites,
    site,
    set(change: Partial<FirstRunFields>) {
      batch(() => {
        fields.value = { ...fields.value, ...change };
        if (change.password !== undefined) passwordProblem.value = null;
        if (change.email !== undefined) isEmailBad.value = false;
      });
      const { password: _, ...kept } = fields.value;
      shelf.write(shelfKey, JSON.stringify(kept));
    },
    async look() {
      step.value = "checking";
      const answer = await call("POST /api/first-run/look", { secret });
      if (answer.ok) step.value = "company";
      else if (answer.code === "unavailable" || answer.code === "internal") step.value = "unreachable";
      else step.value = (await call("GET /api/session", {})).ok ? "inside" : "over";
    },
    toSite() {
      batch(() => {
        problem.value = null;
        step.value = "site";
      });
    },
    toCompany() {
      batch(() => {
        problem.value = null;
        step.value = "company";
      });
    },
    /** Makes it all. What is wrong with the person's fields leads back to them. */
    async create(): Promise<boolean> {
      const { address, companyName, color, firstName, lastName, email, password } = fields.value;
      const read = readOrigin(address);
      if (!read.ok || isBusy.value) return false;
      isBusy.value = true;
      problem.value = null;
      const answer = await call("POST /api/first-run", {
        ...{ secret, companyName, color, firstName, lastName, email: email.trim(), password, zone },
        origin: read.origin,
      });
      batch(() => {
        isBusy.value = false;
        if (answer.ok) {
          shelf.drop(shelfKey);
          sites.put(answer.site, answer.scriptUrl);
          siteId.value = answer.site.id;
          step.value = "tag";
        } else if (answer.code === "expired") step.value = "over";
        else if (answer.field === "password") {
          passwordProblem.value = isPasswordProblem(answer.reason) ? answer.reason : "common";
          step.value = "company";
        } else if (answer.field === "email" || answer.code === "taken") {
          isEmailBad.value = true;
          step.value = "company";
        } else problem.value = answer.code;
      });
      return answer.ok;
    },
  };
});
