import { createHash } from "node:crypto";

// What the admin of an outside account sees after allowing us: they need not have an account here.

const style = `
:root { color-scheme: light dark; --page: #f4f5f8; --surface: #fff; --line: #e3e5ec; --ink: #181a22; --soft: #474c5b; }
@media (prefers-color-scheme: dark) {
  :root { --page: #0f1115; --surface: #16181e; --line: #272b34; --ink: #edeff4; --soft: #bcc1ce; }
}
* { box-sizing: border-box; }
body { display: grid; place-items: center; min-height: 100vh; margin: 0; padding: 24px 20px; background: var(--page);
  color: var(--ink); font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { width: 100%; max-width: 420px; padding: 32px; border: 1px solid var(--line); border-radius: 14px;
  background: var(--surface); }
h1 { margin: 0 0 12px; font-size: 22px; line-height: 1.25; letter-spacing: -0.02em; }
p { margin: 0; color: var(--soft); }
`;

const styleHash = createHash("sha256").update(style).digest("base64");

/** Nothing but its own style. */
export const approvedPolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

export function approvedPage(isAllowed: boolean): string {
  const [title, text] = isAllowed
    ? [
        "Foyer is allowed",
        "The people of your organization can connect their accounts now. Tell whoever sent you the link to connect once more; you can close this page.",
      ]
    : ["Foyer was not allowed", "Nothing has changed. You can open the link again, or close this page."];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
<p>${text}</p>
</main>
</body>
</html>`;
}
