import { createHash } from "node:crypto";

const style = `
:root { color-scheme: light dark; --page: #f4f5f8; --surface: #fff; --line: #e3e5ec; --strong: #c6cad6; --ink: #181a22;
  --soft: #474c5b; --accent: #4350d8; }
@media (prefers-color-scheme: dark) {
  :root { --page: #0f1115; --surface: #16181e; --line: #272b34; --strong: #3d424f; --ink: #edeff4; --soft: #bcc1ce;
    --accent: #5561e8; }
}
* { box-sizing: border-box; }
body { display: grid; place-items: center; min-height: 100vh; margin: 0; padding: 24px 20px; background: var(--page);
  color: var(--ink); font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { width: 100%; max-width: 420px; padding: 32px; border: 1px solid var(--line); border-radius: 14px;
  background: var(--surface); }
h1 { margin: 0 0 12px; font-size: 22px; line-height: 1.25; letter-spacing: -0.02em; overflow-wrap: anywhere; }
p { margin: 0 0 12px; color: var(--soft); overflow-wrap: anywhere; }
form { display: flex; flex-wrap: wrap; gap: 10px; margin-top: 24px; }
button, a { display: inline-flex; align-items: center; justify-content: center; min-height: 40px; padding: 0 16px;
  border: 1px solid var(--strong); border-radius: 10px; background: none; color: var(--ink); font: inherit;
  font-weight: 560; text-decoration: none; cursor: pointer; }
button { border-color: var(--accent); background: var(--accent); color: #fff; }
button:hover, a:hover { filter: brightness(1.08); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
`;

const styleHash = createHash("sha256").update(style).digest("base64");

/** Nothing but its own style, and a form that leads to us. */
export const continuePolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`;

type Shown = {
  /** The address or name that the provider told. */
  who: string;
  provider: string;
  isSignedIn: boolean;
  action: string;
  state: string;
};

/**
 * Asks before somebody is signed in whom a provider sent on its own: a stranger's page can make a browser bring an answer
 * that is made out to the stranger, and whoever sits there would work in an account that is not theirs.
 */
export function continuePage({ who, provider, isSignedIn, action, state }: Shown): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Continue to Foyer?</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>Continue as ${escapeHtml(who)}?</h1>
<p>${escapeHtml(provider)} sent you here to sign in to Foyer. If you did not choose that just now, or this is not you, do not continue.</p>
${isSignedIn ? "<p>You are signed in here already. Continuing signs you out first.</p>" : ""}
<form method="post" action="${escapeHtml(action)}">
<input type="hidden" name="state" value="${escapeHtml(state)}">
<button type="submit">Continue</button>
<a href="/console">Not now</a>
</form>
</main>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
