import type { IncomingMessage } from "node:http";
import { expect, it } from "vitest";
import { callerOf, isLoopback, isPrivateAddress, networkOf, widerNetworkOf } from "./networks.ts";

it("counts an IPv4 address as a network of its own, however it is written", () => {
  expect(networkOf("203.0.113.7")).toBe("203.0.113.7");
  expect(networkOf("::ffff:203.0.113.7")).toBe("203.0.113.7");
});

it("counts the first 64 bits of an IPv6 address as one network", () => {
  expect(networkOf("2001:db8:1:2:3:4:5:6")).toBe("2001:db8:1:2::/64");
  expect(networkOf("2001:db8:1:2::9")).toBe("2001:db8:1:2::/64");
  expect(networkOf("2001:0db8:0001:0002::9")).toBe("2001:db8:1:2::/64");
  expect(networkOf("2001:db8::9")).toBe("2001:db8:0:0::/64");
  expect(networkOf("fe80::1%eth0")).toBe("fe80:0:0:0::/64");
});

it("knows this machine and private networks", () => {
  expect(isLoopback(networkOf("127.0.0.1"))).toBe(true);
  expect(isLoopback(networkOf("::1"))).toBe(true);
  expect(isLoopback(networkOf("10.0.0.1"))).toBe(false);
  for (const inside of ["::1", "127.0.0.9", "10.1.2.3", "172.16.0.1", "172.31.9.9", "192.168.1.1", "fd12::1"])
    expect(isPrivateAddress(inside), inside).toBe(true);
  for (const outside of ["172.32.0.1", "11.0.0.1", "203.0.113.7", "2001:db8::1", undefined])
    expect(isPrivateAddress(outside), outside).toBe(false);
});

it("believes our own proxies about the caller, and nobody beyond them", () => {
  const trusts = (address: string) => address.startsWith("10.");
  const caller = (remoteAddress: string, forwarded?: string) => {
    const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
    // Only what is read of a request.
    return callerOf({ headers, socket: { remoteAddress } } as unknown as IncomingMessage, trusts);
  };
  expect(caller("203.0.113.7")).toBe("203.0.113.7");
  expect(caller("203.0.113.7", "198.51.100.1")).toBe("203.0.113.7");
  expect(caller("10.0.0.1", "198.51.100.1")).toBe("198.51.100.1");
  expect(caller("10.0.0.1", "192.0.2.9, 198.51.100.1, 10.0.0.2")).toBe("198.51.100.1");
  expect(caller("10.0.0.1", " , ")).toBe("10.0.0.1");
  expect(caller("10.0.0.1", "10.0.0.3")).toBe("10.0.0.3");
});

it("widens what one customer of IPv6 can have many of, and nothing else", () => {
  expect(widerNetworkOf(networkOf("2001:db8:1:2::9"))).toBe("2001:db8:1::/48");
  expect(widerNetworkOf(networkOf("2001:db8:1:ffff::9"))).toBe("2001:db8:1::/48");
  expect(widerNetworkOf(networkOf("203.0.113.7"))).toBe("203.0.113.7");
  expect(widerNetworkOf("unknown")).toBe("unknown");
});
