import { useId } from "preact/hooks";

type ColorFieldProps = {
  label: string;
  /** `#rrggbb`. */
  value: string;
  onChange: (value: string) => void;
  /** The name of the field behind the swatches, for any other colour. */
  ownLabel: string;
  hint?: string;
};

/** Colours on which white or black words can be read. */
const swatches = [
  ["#4350d8", "Indigo"],
  ["#1c6fd0", "Blue"],
  ["#0e7c86", "Teal"],
  ["#2f5d4a", "Pine"],
  ["#b3541e", "Copper"],
  ["#b4233a", "Crimson"],
  ["#7a3fb0", "Violet"],
  ["#20304a", "Ink"],
] as const;

/** A few good colours, or one's own. */
export function ColorField({ label, value, onChange, ownLabel, hint }: ColorFieldProps) {
  const hintId = useId();
  const isOwn = !swatches.some(([color]) => color === value);
  return (
    <fieldset class="colors" aria-describedby={hint ? hintId : undefined}>
      <legend>{label}</legend>
      <div class="colors-row">
        {swatches.map(([color, name]) => (
          <label key={color} class="swatch" title={name} style={{ background: color }}>
            <input
              type="radio"
              name={hintId}
              aria-label={name}
              checked={color === value}
              onChange={() => onChange(color)}
            />
          </label>
        ))}
        <label class={isOwn ? "swatch-own swatch-own-chosen" : "swatch-own"} title={ownLabel}>
          <span class="swatch-own-drop" style={{ background: value }} aria-hidden="true" />
          <span>{value}</span>
          <input
            type="color"
            value={value}
            aria-label={ownLabel}
            onInput={(event) => onChange(event.currentTarget.value.toLowerCase())}
          />
        </label>
      </div>
      {hint && (
        <p class="field-hint" id={hintId}>
          {hint}
        </p>
      )}
    </fieldset>
  );
}
