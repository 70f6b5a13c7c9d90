type SwitchProps = {
  label: string;
  isOn: boolean;
  isBusy?: boolean;
  keys?: string;
  onChange: (isOn: boolean) => void;
};

/** A switch; its label stands beside it, drawn by whoever uses it. */
export function Switch({ label, isOn, isBusy = false, keys, onChange }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      class="switch"
      aria-checked={isOn}
      aria-label={label}
      aria-busy={isBusy || undefined}
      aria-keyshortcuts={keys}
      title={keys ? `${label} (${keys})` : label}
      onClick={() => onChange(!isOn)}
    >
      <span class="switch-knob" />
    </button>
  );
}
