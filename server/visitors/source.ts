/** Where a visit came from, in a few words for a card: the campaign, else the referring site, else "Direct". */
export function sourceOf(pageUrl: string, referrer: string): string {
  const page = parse(pageUrl);
  const campaign = page?.searchParams.get("utm_campaign");
  const source = page?.searchParams.get("utm_source");
  const named = [source, campaign]
    .filter((part) => part !== null && part !== undefined && part !== "")
    .join(" · ");
  if (named !== "") return plain(named);
  const from = parse(referrer);
  if (from === null || from.host === page?.host) return "Direct";
  return plain(from.hostname.replace(/^www\./, ""));
}

function parse(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null;
}

function plain(text: string): string {
  return text.replace(/[\p{C}]/gu, "").slice(0, 80);
}
