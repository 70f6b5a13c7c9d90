import type { WorkspaceId } from "../../shared/model/ids.ts";

/** Fixed, so that a second start knows the demo workspace again. */
export const demoWorkspaceId = "0199f0a0-0000-7000-8000-00000000f07e" as WorkspaceId; // Written here, not received.

/** The public key in the shop's script tag. */
export const demoSiteKey = "larchwell-demo";
