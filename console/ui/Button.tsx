import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "./Icon.tsx";

export type ButtonProps = {
  children?: ComponentChildren;
  /** `primary` once a screen; `quiet` has no border; `danger` takes something away. */
  look?: "primary" | "plain" | "quiet" | "danger";
  size?: "small" | "normal" | "large";
  icon?: IconName;
  /** The name of a button that shows an icon only; shown as its tooltip too. */
  label?: string;
  /** A fuller tooltip where the name must stay short. */
  hint?: string;
  /** Told to assistive technology and shown in the tooltip. */
  keys?: string;
  isBusy?: boolean;
  isPressed?: boolean;
  isDisabled?: boolean;
  type?: "button" | "submit";
  /** The id of the form that a `submit` outside of it belongs to. */
  form?: string;
  autoFocus?: boolean;
  hasPopup?: "dialog" | "menu" | "listbox";
  class?: string;
  onClick?: (event: MouseEvent) => void;
};

export function Button(props: ButtonProps) {
  const { look = "plain", size = "normal", icon, label, keys, children, isBusy = false } = props;
  const classes = ["button", `button-${look}`, `button-${size}`];
  if (!children) classes.push("button-icon");
  if (props.class) classes.push(props.class);
  const said = props.hint ?? label;
  const hint = said && keys ? `${said} (${keys})` : (said ?? (keys && children ? keys : undefined));
  return (
    <button
      type={props.type ?? "button"}
      form={props.form}
      class={classes.join(" ")}
      title={hint}
      aria-label={label}
      aria-keyshortcuts={keys?.includes("+") ? keys : undefined}
      aria-pressed={props.isPressed}
      aria-busy={isBusy || undefined}
      aria-disabled={isBusy || undefined}
      aria-haspopup={props.hasPopup}
      // A busy button keeps the focus: one that is disabled would lose it, and its dialog the keys.
      disabled={props.isDisabled && !isBusy}
      autofocus={props.autoFocus}
      onClick={(event) => {
        if (isBusy) event.preventDefault();
        else props.onClick?.(event);
      }}
    >
      {icon && <Icon name={icon} size={size === "small" ? 16 : 18} />}
      {children}
    </button>
  );
}
