import type { Seeded } from "../../server/promises/seeded.ts";
import type { SimClock } from "./sim-clock.ts";

/** What can go wrong on the way; all of it stops when the network heals. */
export type Weather = {
  /** Of single packets, while the link seems up. */
  loss: number;
  doubling: number;
  /** The longest that a packet takes; long ones are overtaken. Milliseconds. */
  slowMs: number;
};

export const clear: Weather = { loss: 0, doubling: 0, slowMs: 60 };

export type Direction = "up" | "down";

/** One connection: two directions that may each fall silent alone, which neither side notices. */
export type Wire = {
  /** Carries a packet, perhaps: late, twice, out of order or not at all. */
  carry(direction: Direction, deliver: () => void): void;
  /** One direction loses everything from now on. */
  silence(direction: Direction): void;
  /** Ends the connection; both sides notice. */
  cut(): void;
  isCut(): boolean;
};

export type Network = { weather: Weather; open(onCut: () => void): Wire; cutAll(): void };

export function createNetwork(clock: SimClock, seeded: Seeded): Network {
  const wires = new Set<Wire>();
  const network: Network = {
    weather: clear,
    open(onCut) {
      let isCut = false;
      const silent = new Set<Direction>();
      const wire: Wire = {
        carry(direction, deliver) {
          const { loss, doubling, slowMs } = network.weather;
          for (let copy = seeded.chance(doubling) ? 2 : 1; copy > 0; copy--) {
            if (seeded.chance(loss)) continue;
            clock.after(1 + seeded.fraction() ** 2 * slowMs, () => {
              if (!isCut && !silent.has(direction)) deliver();
            });
          }
        },
        silence: (direction) => void silent.add(direction),
        cut() {
          if (isCut) return;
          isCut = true;
          wires.delete(wire);
          onCut();
        },
        isCut: () => isCut,
      };
      wires.add(wire);
      return wire;
    },
    cutAll() {
      for (const wire of [...wires]) wire.cut();
    },
  };
  return network;
}
