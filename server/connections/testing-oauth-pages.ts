import type { SimulatedAccount } from "./testing-oauth.ts";

// The two pages of a provider that a person sees: who are you, and what do you allow.

type Asked = { action: string; query: string; title: string };

export function accountsPage({ action, query, title }: Asked, accounts: readonly SimulatedAccount[]): string {
  return page(
    title,
    `<h1>Choose an account</h1>
    <form method="post" action="${escaped(action)}">${hidden("query", query)}
      ${accounts
        .map(
          ({ id, email, name }) =>
            `<button name="account" value="${escaped(id)}"><b>${escaped(name)}</b><br>${escaped(email)}</button>`,
        )
        .join("")}
    </form>`,
  );
}

export function consentPage(
  { action, query, title }: Asked,
  account: SimulatedAccount,
  scopes: readonly string[],
  isPartial: boolean,
): string {
  return page(
    title,
    `<h1>Foyer wants to use your account</h1><p>${escaped(account.email)}</p>
    <form method="post" action="${escaped(action)}">${hidden("query", query)}${hidden("account", account.id)}
      ${scopes
        .map((scope) =>
          isPartial && scope.includes("/")
            ? `<label><input type="checkbox" name="scope" value="${escaped(scope)}" checked> ${escaped(scope)}</label>`
            : `<p>${escaped(scope)}</p>${hidden("scope", scope)}`,
        )
        .join("")}
      <button name="answer" value="allow">Allow</button> <button name="answer" value="deny">Cancel</button>
    </form>`,
  );
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><style>body{font:16px system-ui;max-width:28rem;margin:3rem auto;padding:0 1rem}
button{font:inherit;padding:.6rem 1rem;margin:.3rem 0;text-align:left}label{display:block;padding:.4rem 0;overflow-wrap:anywhere}</style>
${body}</html>`;
}

function hidden(name: string, value: string): string {
  return `<input type="hidden" name="${name}" value="${escaped(value)}">`;
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
