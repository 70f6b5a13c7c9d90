const paths = {
  close: "m6 6 12 12M18 6 6 18",
  back: "m14 6-6 6 6 6",
  send: "M12 19V6m-6 6 6-6 6 6",
  calendar: "M5 6h14v14H5zM5 10.500h14M9 3v4m6-4v4",
  more: "M5 12h.1M12 12h.1M19 12h.1",
} as const;

/** A line drawing in the colour of the text. Decoration: the control around it has the name. */
export function Icon({ name }: { name: keyof typeof paths }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={paths[name]} />
    </svg>
  );
}
