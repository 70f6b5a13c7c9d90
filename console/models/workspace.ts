import { createModel, effect, signal } from "@preact/signals";
import type { Answer, ErrorCode } from "../../shared/protocol/errors.ts";
import type { ExportContents, Workspace } from "../../shared/protocol/workspace-routes.ts";
import type { ApiCall, Clock, RepLink } from "../ports.ts";

export type WorkspaceState = InstanceType<typeof WorkspaceModel>;
export type Old = { conversations: number; meetings: number; visitors: number };

/** So long may a colleague's change go unseen where its news was lost, such as the deletion that an admin asked for. */
const LOOK_AGAIN_MS = 60_000;

/** The workspace that everybody here belongs to, and what its admins may do to it. */
export const WorkspaceModel = createModel((call: ApiCall, clock: Clock, link: RepLink) => {
  const workspace = signal<Workspace | null>(null);
  const problem = signal<ErrorCode | null>(null);
  const isSaving = signal(false);

  async function load(): Promise<void> {
    const answer = await call("GET /api/workspace", {});
    problem.value = answer.ok ? null : answer.code;
    if (answer.ok) workspace.value = answer.workspace;
  }

  effect(() => {
    let cancel: () => void = () => undefined;
    const again = () => {
      cancel = clock.after(LOOK_AGAIN_MS, () => void load().then(again));
    };
    again();
    return () => cancel();
  });

  effect(() =>
    link.onNews("settings:changed", ({ of }) => {
      if (of === "workspace" && workspace.peek() !== null) void load();
    }),
  );

  /** True when it was done. */
  async function change(ask: Promise<Answer<{ workspace: Workspace }>>): Promise<boolean> {
    isSaving.value = true;
    problem.value = null;
    const answer = await ask;
    isSaving.value = false;
    if (answer.ok) workspace.value = answer.workspace;
    else if (answer.code !== "proof_needed") problem.value = answer.code;
    return answer.ok;
  }

  return {
    workspace,
    problem,
    isSaving,
    load,
    save: (name: string, color: string) => change(call("PUT /api/workspace", { name, color })),
    setLogo: (image: string | null) => change(call("PUT /api/workspace/logo", { image })),
    setRetention: (days: number | null) => change(call("PUT /api/workspace/retention", { days })),
    async countOld(days: number): Promise<Old | null> {
      const answer = await call("GET /api/workspace/retention/preview", { days });
      problem.value = answer.ok ? null : answer.code;
      return answer.ok ? answer : null;
    },
    planDeletion: (name: string) => change(call("POST /api/workspace/deletion", { name })),
    cancelDeletion: () => change(call("POST /api/workspace/deletion/cancel", {})),
    /** After it the file itself may be asked for. */
    async prepareExport(): Promise<ExportContents | null> {
      isSaving.value = true;
      problem.value = null;
      const answer = await call("GET /api/workspace/export/contents", {});
      isSaving.value = false;
      if (!answer.ok && answer.code !== "proof_needed") problem.value = answer.code;
      return answer.ok ? answer : null;
    },
    forgetProblem() {
      problem.value = null;
    },
  };
});
