import type { MemberId, WorkspaceId } from "../../../shared/model/ids.ts";
import { isEmail } from "../../../shared/protocol/fields.ts";
import type { SsoProblem } from "../../../shared/protocol/sso-routes.ts";
import type { Told } from "./port.ts";

/** What our own tables know about somebody who comes back from a provider. */
export type Known = {
  workspaceId: WorkspaceId;
  kind: "oidc" | "saml";
  /** The member whom this (provider, issuer, subject) has signed in before. */
  linked: { memberId: MemberId; isActive: boolean } | null;
  /** Whoever has the address told, in whichever workspace. */
  addressOwner: {
    memberId: MemberId;
    workspaceId: WorkspaceId;
    isActive: boolean;
    /** Somebody else at this provider signs in as this member already. */
    hasOtherSubject: boolean;
  } | null;
  /** This workspace, and so nobody else, has proven the domain of the address. */
  isDomainProven: boolean;
};

export type Acceptance =
  /** Known by (provider, issuer, subject): nothing else counts, whatever address is told today. */
  | { kind: "known"; memberId: MemberId }
  /** A member of this workspace who comes through this provider for the first time. */
  | { kind: "link"; memberId: MemberId }
  | { kind: "new"; email: string }
  | { kind: "refused"; problem: SsoProblem };

/**
 * Who somebody from a provider is here. An address is believed only when the provider's word for it is good: the
 * workspace has proven its domain, and OpenID Connect says that the address is verified (SAML has no such word: there the
 * company's own directory is the proof). And an address never takes over a member whom somebody else at the same provider
 * signs in as: addresses are given to new people, subjects are not.
 */
export function acceptIdentity(told: Told, known: Known): Acceptance {
  if (known.linked !== null)
    return known.linked.isActive ? { kind: "known", memberId: known.linked.memberId } : refused("no_account");
  const problem = addressProblem(told, known);
  if (problem !== null) return refused(problem);
  const owner = known.addressOwner;
  if (owner === null) return { kind: "new", email: told.email ?? "" };
  const mayLink = owner.workspaceId === known.workspaceId && owner.isActive && !owner.hasOtherSubject;
  return mayLink ? { kind: "link", memberId: owner.memberId } : refused("no_account");
}

/** Why the address told is not to be relied on; null: it is. */
export function addressProblem(told: Told, known: Pick<Known, "kind" | "isDomainProven">): SsoProblem | null {
  if (told.email === null || !isEmail(told.email)) return "no_email";
  if (known.kind === "oidc" && told.isEmailVerified !== true) return "email_unverified";
  return known.isDomainProven ? null : "domain_unproven";
}

function refused(problem: SsoProblem): Acceptance {
  return { kind: "refused", problem };
}

/** The part after the last `@`, in lower case. */
export function domainOf(email: string): string {
  return email
    .slice(email.lastIndexOf("@") + 1)
    .trim()
    .toLowerCase();
}
