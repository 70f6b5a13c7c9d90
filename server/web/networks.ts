import type { IncomingMessage } from "node:http";
import { isIPv6 } from "node:net";

/** Whether the proxy at this address, so many hops away, may say for whom it speaks; as express has compiled it. */
export type TrustsProxy = (address: string, hop: number) => boolean;

/** Who a request is from, for what express does not handle: the nearest address that is none of our own proxies. */
export function callerOf(request: IncomingMessage, trusts: TrustsProxy): string | undefined {
  const forwarded = [request.headers["x-forwarded-for"] ?? []].flat().join(",").split(",");
  const farther = forwarded.map((part) => part.trim()).filter((part) => part !== "");
  let caller = request.socket.remoteAddress;
  for (let hop = 0; caller !== undefined && farther.length > 0 && trusts(caller, hop); hop++)
    caller = farther.pop();
  return caller;
}

/**
 * What counts as one network for limits: an IPv4 address, or the first 64 bits of an IPv6 address, because whoever has
 * one of those has them all.
 */
export function networkOf(address: string | undefined): string {
  if (address === undefined) return "unknown";
  const plain = address.startsWith("::ffff:") && address.includes(".") ? address.slice(7) : address;
  if (!isIPv6(plain)) return plain;
  const bare = plain.split("%", 1)[0] ?? plain;
  const [head = "", tail] = bare.split("::");
  const front = head === "" ? [] : head.split(":");
  const back = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  const groups = [...front, ...new Array<string>(zeros).fill("0"), ...back];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}

/**
 * The wider network around this one, for limits on what somebody guesses or fills up: of IPv6 the first 48 bits, which a
 * single customer can have; of IPv4 the address itself.
 */
export function widerNetworkOf(network: string): string {
  if (!network.endsWith("::/64")) return network;
  return `${network.split(":").slice(0, 3).join(":")}::/48`;
}

/** This machine itself: a proxy that hides its visitors from us, or a developer. A limit per network would hit them all. */
export function isLoopback(network: string): boolean {
  return network === "0:0:0:0::/64" || network.startsWith("127.");
}

/** This machine, or a network that the internet does not lead to. */
export function isPrivateAddress(address: string | undefined): boolean {
  const network = networkOf(address);
  if (isLoopback(network)) return true;
  return (
    /^(10\.|192\.168\.|169\.254\.|172\.(1[6-9]|2\d|3[01])\.)/.test(network) ||
    /^(f[cd]..|fe[89ab].):/.test(network)
  );
}
