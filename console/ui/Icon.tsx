/** Outlines on a grid of 20, drawn for this project; one path each. */
const paths = {
  board: "M3 5.5h14M3 10h14M3 14.5h9",
  chats:
    "M4 4.5h12a1.5 1.5 0 0 1 1.5 1.5v7a1.5 1.5 0 0 1-1.5 1.5H9l-4 3v-3H4A1.5 1.5 0 0 1 2.5 13V6A1.5 1.5 0 0 1 4 4.5Z",
  meetings: "M4 4.5h12v12H4zM4 8.5h12M7.5 2.5v3.5M12.5 2.5v3.5",
  hours: "M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM10 6v4.2l2.8 1.8",
  replies: "M11.5 2.5 5 11h4.5l-1 6.5L15 9h-4.5z",
  mailbox: "M3 5h14v10.5H3zM3.3 5.4 10 11l6.7-5.6",
  more: "M5 10h.01M10 10h.01M15 10h.01",
  search: "M9 3.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11ZM13.2 13.2 17 17",
  close: "m5 5 10 10M15 5 5 15",
  back: "M12 4.5 6.5 10l5.5 5.5",
  next: "M8 4.5 13.5 10 8 15.5",
  check: "m4.5 10.5 3.5 3.5 7.5-8",
  handover: "M3.5 7h11l-3-3M16.5 13h-11l3 3",
  calendar: "M4 4.5h12v12H4zM4 8.5h12M7.5 2.5v3.5M12.5 2.5v3.5M10 10.5v4M8 12.5h4",
  why: "M7.5 7.5a2.5 2.5 0 1 1 3.7 2.2c-.8.5-1.2 1-1.2 1.9M10 14.4h.01M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15Z",
  note: "M4 3.5h12v9l-4 4H4zM12 16.5v-4h4M7 7.5h6M7 10.5h3",
  send: "M17 3 3 8.8l5.5 2.7L11.2 17z",
  person: "M10 3a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM3.5 17c.6-3.3 3.2-5 6.5-5s5.9 1.7 6.5 5",
  members:
    "M7.5 4a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6ZM2 16.2c.5-2.700 2.600-4.200 5.500-4.200s5 1.500 5.500 4.200M13 4.300a2.600 2.600 0 0 1 0 5M15 12.300c1.700.600 2.700 1.900 3 3.900",
  pane: "M3 4h14v12H3zM12.5 4v12",
  keyboard: "M2.5 5.5h15v9h-15zM5.5 8.5h.01M8.5 8.5h.01M11.5 8.5h.01M14.5 8.5h.01M7 11.5h6",
  bell: "M10 2.8c-2.8 0-4.5 2-4.5 4.7 0 3.8-1.5 4.7-1.5 5.7h12c0-1-1.5-1.9-1.5-5.7 0-2.7-1.7-4.7-4.5-4.7ZM8.3 15.7c.3.9.9 1.3 1.7 1.3s1.4-.4 1.7-1.3",
  soundOff: "M3 7.8v4.4h2.8L10 15.5v-11L5.8 7.8zM13.5 8l4 4M17.5 8l-4 4",
  plus: "M10 4v12M4 10h12",
  minus: "M4 10h12",
  setup: "M3.5 5.5 5 7l2.5-3M3.5 13.5 5 15l2.5-3M10 5.5h6.5M10 13.5h6.5",
  trash: "M4 5.5h12M8 5.5V3.5h4v2M5.5 5.5l.7 11h7.6l.7-11",
  phone: "M6.5 2.5h7v15h-7zM9.3 15h1.4",
  tablet: "M4.5 3h11v14h-11zM9.3 14.7h1.4",
  desktop: "M2.5 4h15v9.5h-15zM7 16.5h6M10 13.5v3",
  globe:
    "M10 2.8a7.2 7.2 0 1 0 0 14.4 7.2 7.2 0 0 0 0-14.4ZM2.8 10h14.4M10 2.8c2 2 2.9 4.4 2.9 7.2s-.9 5.2-2.9 7.2c-2-2-2.9-4.4-2.9-7.2S8 4.8 10 2.8Z",
  source: "M11.5 3.5h5v5M16.5 3.5 9.5 10.5M14.5 11.5v5h-11v-11h5",
  mail: "M3 5h14v10.5H3zM3.3 5.4 10 11l6.7-5.6",
  warning: "M10 3 2.5 16.5h15zM10 8v4M10 14.3h.01",
  signOut: "M8 3.5H3.5v13H8M12.5 6l4 4-4 4M16 10H7.5",
  copy: "M7 7h9.5v9.5H7zM4 13H3.5V3.5H13V4",
  edit: "M4 16l.8-3.3L13.3 4.2l2.5 2.5L7.3 15.2z",
  settings:
    "M3 5.5h6.5M13.5 5.5H17M3 10h2.5M9.5 10H17M3 14.5h8.5M15.5 14.5H17M11.5 3.5v4M7.5 8v4M13.5 12.5v4",
} as const;

export type IconName = keyof typeof paths;

/** Decorative: the word stands beside it or in the button's label. */
export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  const isDots = name === "more";
  return (
    <svg
      class="icon"
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      stroke-width={isDots ? 2.4 : 1.5}
      stroke-linecap="round"
      stroke-linejoin="round"
    >
      <path d={paths[name]} />
    </svg>
  );
}
