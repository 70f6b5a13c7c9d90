/** At most so many UTF-16 units, never a half character at the end. */
export function cutTopic(topic: string, most: number): string {
  if (topic.length <= most) return topic;
  let cut = "";
  for (const { segment } of new Intl.Segmenter().segment(topic)) {
    if (cut.length + segment.length > most - 1) break;
    cut += segment;
  }
  return `${cut}…`;
}
