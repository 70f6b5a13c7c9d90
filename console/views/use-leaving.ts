import { useEffect, useState } from "preact/hooks";
import type { MemberId } from "../../shared/model/ids.ts";
import type { ErrorCode } from "../../shared/protocol/errors.ts";
import type { Leaving } from "../../shared/protocol/member-routes.ts";
import type { Desk } from "../models/desk.ts";

/** What a member would leave behind, asked for when a dialog about it opens, and again when something of it is done. */
export function useLeaving(desk: Desk, id: MemberId) {
  const [leaving, setLeaving] = useState<Leaving | null>(null);
  const [problem, setProblem] = useState<ErrorCode | null>(null);
  const load = async () => {
    const answer = await desk.members.leaving(id);
    if (answer.ok) setLeaving(answer);
    setProblem(answer.ok ? null : answer.code);
  };
  useEffect(() => void load(), [id]);
  return { leaving, problem, load };
}
