/** Keys as they stand on the board: "Alt+A" becomes two caps. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span class="kbd">
      {keys.split(/[+ ]/).map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
