/** Keys as they stand on the board: "Alt+A" becomes two caps. In a button they are decoration: it names its keys itself. */
export function Kbd({ keys, isHidden = false }: { keys: string; isHidden?: boolean }) {
  return (
    <span class="kbd" aria-hidden={isHidden}>
      {keys.split(/[+ ]/).map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
