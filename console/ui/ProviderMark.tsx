import type { ProviderName } from "../../shared/model/connections.ts";
import { Icon } from "./Icon.tsx";

const letters = { google: "G", microsoft: "O", zoom: "Z", teams: "T", meet: "M" } as const;

/** Stands for a provider: a letter in a tile of our own, nobody's trademark. */
export function ProviderMark({ of, size = 38 }: { of: ProviderName | "meet" | "link"; size?: number }) {
  return (
    <span class={`provider-mark provider-mark-${of}`} style={{ "--size": `${size}px` }} aria-hidden="true">
      {of === "caldav" ? (
        <Icon name="calendar" size={size * 0.5} />
      ) : of === "link" ? (
        <Icon name="source" size={size * 0.5} />
      ) : (
        letters[of]
      )}
    </span>
  );
}
