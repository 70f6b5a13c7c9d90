import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

export type Metrics = ReturnType<typeof createMetrics>;

/** Everything that `GET /metrics` tells. Labels are of a small fixed set: never an id, an address or a text. */
export function createMetrics() {
  const registry = new Registry();
  // Of Node itself; a start has better things to do first.
  setTimeout(() => collectDefaultMetrics({ register: registry }), 500).unref();
  const registers = [registry];
  let countSockets = () => 0;
  new Gauge({
    name: "foyer_sockets",
    help: "Open socket links of this process",
    registers,
    collect() {
      this.set(countSockets());
    },
  });
  return {
    registry,
    /** Where the number of open links comes from. */
    watchSockets(count: () => number) {
      countSockets = count;
    },
    httpSeconds: new Histogram({
      name: "foyer_http_request_seconds",
      help: "Time to answer a request, by route of the contract and status",
      labelNames: ["route", "status"],
      buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
      registers,
    }),
    messagesStored: new Counter({
      name: "foyer_messages_stored_total",
      help: "Messages stored, by who wrote them",
      labelNames: ["author"],
      registers,
    }),
  };
}
