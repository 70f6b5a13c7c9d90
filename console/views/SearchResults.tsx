import type { Desk } from "../models/desk.ts";
import { text } from "../text.ts";
import { agoText } from "../time-text.ts";
import { Empty } from "../ui/Empty.tsx";
import { Problem } from "../ui/Problem.tsx";
import { VisitorFace } from "../ui/VisitorFace.tsx";
import { visitorName } from "../visitor-text.ts";

export function SearchResults({ desk }: { desk: Desk }) {
  const { search, places } = desk;
  const hits = search.hits.value;
  const now = desk.ticker.slowNow.value;
  if (search.problem.value) return <Problem code={search.problem.value} />;
  if (!hits) return <div class="skeleton" aria-hidden="true" />;
  if (hits.length === 0) {
    return (
      <Empty icon="search" title={text.conversations.noResultsTitle}>
        <p>{text.conversations.noResultsWords}</p>
      </Empty>
    );
  }
  return (
    <>
      <p class="list-count soft small" role="status">
        {text.conversations.results(hits.length)}
      </p>
      <ul class="lines">
        {hits.map((hit, at) => (
          <li key={`${hit.visitorId} ${hit.conversationId} ${hit.at}`}>
            <button
              type="button"
              class="line"
              data-row
              tabIndex={at === 0 ? 0 : -1}
              onClick={() => {
                if (hit.conversationId) places.openConversation(hit.conversationId);
                else {
                  desk.choose(hit.visitorId);
                  places.go({ page: "board", conversationId: null });
                }
              }}
            >
              <VisitorFace visitor={{ id: hit.visitorId, name: hit.visitorName }} size={36} />
              <span class="line-words">
                <span class="line-top">
                  <span class="line-name cut">{visitorName({ name: hit.visitorName })}</span>
                  <time class="soft small" dateTime={new Date(hit.at).toISOString()}>
                    {agoText(hit.at, now)}
                  </time>
                </span>
                <span class="line-excerpt">
                  {hit.excerpt ? (
                    <Marked words={hit.excerpt} query={search.query.value.trim()} />
                  ) : (
                    <span class="soft">{text.conversations.inProfile}</span>
                  )}
                </span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** The excerpt with what was looked for set off. */
function Marked({ words, query }: { words: string; query: string }) {
  const at = words.toLowerCase().indexOf(query.toLowerCase());
  if (at < 0) return <>{words}</>;
  return (
    <>
      {words.slice(0, at)}
      <mark>{words.slice(at, at + query.length)}</mark>
      {words.slice(at + query.length)}
    </>
  );
}
