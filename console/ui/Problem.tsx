import type { ErrorCode } from "../../shared/protocol/errors.ts";
import { text } from "../text.ts";
import { Button } from "./Button.tsx";

type ProblemProps = { code: ErrorCode | null; onRetry?: () => void };

/** A refusal in words that say what to do. */
export function Problem({ code, onRetry }: ProblemProps) {
  if (!code) return null;
  return (
    <div class="problem" role="alert">
      <p>{text.errors[code]}</p>
      {onRetry && (
        <Button size="small" onClick={onRetry}>
          {text.common.tryAgain}
        </Button>
      )}
    </div>
  );
}
