// Every string of the widget. Each program and each part loaded on demand has an object of its own. A translation keeps the
// keys; `direction` turns the layout.

export const launcherText = {
  open: "Chat with us",
  close: "Close chat",
  unread: (count: number) => (count ? `, ${count} unread` : ""),
} as const;

export const presenceText = {
  dismiss: "Dismiss",
  unreachable: "Chat cannot be reached right now. We keep trying.",
} as const;
