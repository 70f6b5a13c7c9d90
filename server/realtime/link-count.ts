/** How many links each network has open in this process. */
export type LinkCount = {
  isFull(network: string): boolean;
  /** Counts one more; the answer takes it out of the count again, once. */
  add(network: string): () => void;
};

export function createLinkCount(most: number): LinkCount {
  const open = new Map<string, number>();
  return {
    isFull: (network) => (open.get(network) ?? 0) >= most,
    add(network) {
      open.set(network, (open.get(network) ?? 0) + 1);
      let isOpen = true;
      return () => {
        if (!isOpen) return;
        isOpen = false;
        const left = (open.get(network) ?? 1) - 1;
        if (left > 0) open.set(network, left);
        else open.delete(network);
      };
    },
  };
}
