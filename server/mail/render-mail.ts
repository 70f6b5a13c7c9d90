import type { MailBlock, MailBrand, MailContent, RenderedMail } from "./mail-content.ts";
import { oneLine } from "./one-line.ts";

/** The same content as plain text and as HTML that Outlook, Gmail and Apple Mail show alike (tables, inline styles). */
export function renderMail(content: MailContent, brand: MailBrand): RenderedMail {
  return {
    subject: oneLine(content.subject),
    text: renderText(content, brand),
    html: renderHtml(content, brand),
  };
}

function renderText({ blocks, footer }: MailContent, brand: MailBrand): string {
  const parts = blocks.map(blockAsText);
  return `${[...parts, `-- \n${brand.companyName}\n${footer}`].join("\n\n")}\n`;
}

function blockAsText(block: MailBlock): string {
  switch (block.kind) {
    case "heading":
    case "text":
      return block.text;
    case "quote":
      return block.text
        .split("\n")
        .map((line) => `> ${line}`)
        .join("\n");
    case "person":
      return [block.name, block.title].filter((line) => line !== "").join(", ");
    case "details":
      return block.rows
        .map(({ label, value, isStruck }) => `${label}: ${isStruck ? `(no longer) ${value}` : value}`)
        .join("\n");
    case "actions":
      return block.actions.map(({ text, url }) => `${text}:\n${url}`).join("\n\n");
  }
}

const fonts = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
const ink = "#16181d";
const faint = "#5c6370";
const line = "#e6e8ec";

function renderHtml({ subject, preview, blocks, footer }: MailContent, brand: MailBrand): string {
  const color = /^#[0-9a-f]{6}$/i.test(brand.color) ? brand.color : "#3b5bdb";
  const company = escapeHtml(brand.companyName);
  const rows = blocks
    .map((block) => `<tr><td style="padding:0 0 20px">${blockAsHtml(block, color)}</td></tr>`)
    .join("\n");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light">
<meta name="supported-color-schemes" content="light">
<title>${escapeHtml(subject)}</title>
</head>
<body style="margin:0;padding:0;background:#f3f4f6;-webkit-text-size-adjust:100%">
<div style="display:none;max-height:0;overflow:hidden;opacity:0">${escapeHtml(preview)}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:#f3f4f6">
<tr><td align="center" style="padding:32px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px;font-family:${fonts};color:${ink}">
<tr><td style="padding:0 4px 14px;font-size:14px;font-weight:600;color:${ink}">${brandMark(brand, color)}${company}</td></tr>
<tr><td style="background:#ffffff;border:1px solid ${line};border-radius:14px;padding:32px 32px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="font-size:15px;line-height:1.55;color:${ink}">
${rows}
</table>
</td></tr>
<tr><td style="padding:18px 4px;font-size:12px;line-height:1.5;color:${faint}">${company}<br>${escapeHtml(footer)}</td></tr>
</table>
</td></tr>
</table>
</body>
</html>
`;
}

function blockAsHtml(block: MailBlock, color: string): string {
  switch (block.kind) {
    case "heading":
      return `<h1 style="margin:0;font-size:22px;line-height:1.3;font-weight:650;letter-spacing:-0.01em">${escapeHtml(block.text)}</h1>`;
    case "text":
      return `<p style="margin:0">${lines(block.text)}</p>`;
    case "quote":
      return `<blockquote style="margin:0;padding:10px 16px;border-left:3px solid ${color};background:#f8f9fb;border-radius:0 8px 8px 0">${lines(block.text)}</blockquote>`;
    case "person":
      return `<table role="presentation" cellpadding="0" cellspacing="0"><tr>
<td style="padding:0 14px 0 0">${face(block.name, block.photoUrl, color)}</td>
<td style="font-size:15px;line-height:1.4"><strong style="font-weight:600">${escapeHtml(block.name)}</strong>${block.title === "" ? "" : `<br><span style="color:${faint};font-size:14px">${escapeHtml(block.title)}</span>`}</td>
</tr></table>`;
    case "details":
      return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-top:1px solid ${line}">${block.rows
        .map(
          ({ label, value, isStruck }) =>
            `<tr><td valign="top" style="padding:11px 16px 11px 0;border-bottom:1px solid ${line};color:${faint};font-size:14px;white-space:nowrap;width:1%">${escapeHtml(label)}</td><td valign="top" style="padding:11px 0;border-bottom:1px solid ${line};font-size:14px${isStruck ? `;text-decoration:line-through;color:${faint}` : ";font-weight:550"}">${lines(value)}</td></tr>`,
        )
        .join("")}</table>`;
    case "actions":
      return block.actions.map((action) => button(action, color)).join("\n");
  }
}

function button(
  { text, url, isMain }: { text: string; url: string; isMain: boolean },
  color: string,
): string {
  const look = isMain
    ? `background:${color};color:${inkOn(color)};border:1px solid ${color}`
    : `background:#ffffff;color:${ink};border:1px solid #c9cdd4`;
  return `<a href="${escapeHtml(url)}" style="display:inline-block;margin:0 8px 8px 0;padding:10px 18px;border-radius:9px;font-size:14px;font-weight:600;text-decoration:none;${look}">${escapeHtml(text)}</a>`;
}

/** Beside the name, which says it all to whoever sees no pictures. */
function brandMark({ logoUrl }: MailBrand, color: string): string {
  if (!logoUrl)
    return `<span style="display:inline-block;width:10px;height:10px;border-radius:5px;background:${color};margin-right:8px"></span>`;
  return `<img src="${escapeHtml(logoUrl)}" height="28" alt="" style="height:28px;width:auto;max-width:160px;vertical-align:middle;margin-right:10px;border:0">`;
}

function face(name: string, photoUrl: string | null, color: string): string {
  if (photoUrl !== null) {
    return `<img src="${escapeHtml(photoUrl)}" width="48" height="48" alt="" style="display:block;border-radius:24px;object-fit:cover">`;
  }
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("");
  return `<div style="width:48px;height:48px;border-radius:24px;background:${color};color:${inkOn(color)};font-size:17px;font-weight:600;line-height:48px;text-align:center">${escapeHtml(initials)}</div>`;
}

/** White where it reaches a contrast of 4.5 on the colour (WCAG 2), else nearly black. */
function inkOn(color: string): string {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.183 ? "#ffffff" : ink;
}

function lines(text: string): string {
  return escapeHtml(text).replaceAll("\n", "<br>");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "");
}
