import { createHash, randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";

/** A WebSocket spoken by hand, so that it can say what no library would. Without an answer to pings, closes or packets. */
export type RawSocket = {
  socket: Socket;
  /** Whole text messages as they came, engine.io's type digit included. */
  received: string[];
  isClosed(): boolean;
  /** A masked frame; `opcode` 1 is text. */
  frame(
    opcode: number,
    payload: Buffer,
    options?: { isFinal?: boolean; reserved?: number; isMasked?: boolean },
  ): void;
  /** A text message. */
  text(message: string): void;
  /** Bytes as they are. */
  bytes(bytes: Buffer): void;
  /** Resolves with the first text that fits; rejects when the link closes before. */
  hear(fits: (message: string) => boolean): Promise<string>;
  /** Resolves when the server has ended the link, or has let it live for so long. */
  ended(limitMs: number): Promise<void>;
  end(): void;
};

export class HandshakeRefused extends Error {
  readonly status: number;
  constructor(status: number) {
    super(`the handshake was refused with ${status}`);
    this.status = status;
  }
}

const guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

export function openRawSocket(
  url: string,
  headers: Record<string, string>,
  path = "/socket/?EIO=4&transport=websocket",
): Promise<RawSocket> {
  const { hostname, port, host } = new URL(url);
  const key = randomBytes(16).toString("base64");
  const socket = connect(Number(port), hostname);
  socket.on("error", () => socket.destroy());
  const received: string[] = [];
  const listeners = new Set<() => void>();
  let pending: Buffer = Buffer.alloc(0);
  let isOpen = false;

  return new Promise((resolve, reject) => {
    const raw: RawSocket = {
      socket,
      received,
      isClosed: () => socket.destroyed,
      frame(opcode, payload, { isFinal = true, reserved = 0, isMasked = true } = {}) {
        raw.bytes(encodeFrame(opcode, payload, isFinal, reserved, isMasked));
      },
      text: (message) => raw.frame(1, Buffer.from(message)),
      bytes(bytes) {
        if (!socket.destroyed) socket.write(bytes);
      },
      hear(fits) {
        return new Promise((found, lost) => {
          const look = () => {
            const message = received.find(fits);
            if (message === undefined && !socket.destroyed) return;
            listeners.delete(look);
            if (message === undefined) lost(new Error("the link was closed"));
            else found(message);
          };
          listeners.add(look);
          look();
        });
      },
      ended(limitMs) {
        return new Promise((done) => {
          if (socket.destroyed) return done();
          const timer = setTimeout(done, limitMs);
          socket.once("close", () => {
            clearTimeout(timer);
            done();
          });
        });
      },
      end: () => void socket.destroy(),
    };
    socket.on("close", () => {
      if (!isOpen) reject(new HandshakeRefused(0));
      for (const listener of [...listeners]) listener();
    });
    socket.on("connect", () => {
      const lines = Object.entries({
        host,
        upgrade: "websocket",
        connection: "Upgrade",
        "sec-websocket-version": "13",
        "sec-websocket-key": key,
        ...headers,
      }).map(([name, value]) => `${name}: ${value}`);
      socket.write(`GET ${path} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
    });
    socket.on("data", (data: Buffer) => {
      pending = Buffer.concat([pending, data]);
      if (!isOpen) {
        const end = pending.indexOf("\r\n\r\n");
        if (end < 0) return;
        const head = pending.subarray(0, end).toString();
        pending = pending.subarray(end + 4);
        const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1]);
        const accept = createHash("sha1")
          .update(key + guid)
          .digest("base64");
        if (status !== 101 || !head.includes(accept)) {
          reject(new HandshakeRefused(status));
          socket.destroy();
          return;
        }
        isOpen = true;
        resolve(raw);
      }
      pending = readTexts(pending, received);
      for (const listener of [...listeners]) listener();
    });
  });
}

function encodeFrame(
  opcode: number,
  payload: Buffer,
  isFinal: boolean,
  reserved: number,
  isMasked: boolean,
): Buffer {
  const first = (isFinal ? 0x80 : 0) | (reserved << 4) | opcode;
  const mark = isMasked ? 0x80 : 0;
  const { length } = payload;
  let head: Buffer;
  if (length < 126) head = Buffer.from([first, mark | length]);
  else if (length < 65_536) {
    head = Buffer.from([first, mark | 126, 0, 0]);
    head.writeUInt16BE(length, 2);
  } else {
    head = Buffer.from([first, mark | 127, 0, 0, 0, 0, 0, 0, 0, 0]);
    head.writeBigUInt64BE(BigInt(length), 2);
  }
  if (!isMasked) return Buffer.concat([head, payload]);
  const mask = randomBytes(4);
  const masked = Buffer.from(payload);
  for (let index = 0; index < length; index++) masked[index] = (masked[index] ?? 0) ^ (mask[index % 4] ?? 0);
  return Buffer.concat([head, mask, masked]);
}

/** Takes whole frames of the server, which it neither masks nor splits; answers the rest. */
function readTexts(bytes: Buffer, into: string[]): Buffer {
  for (;;) {
    if (bytes.length < 2) return bytes;
    const opcode = (bytes[0] ?? 0) & 0x0f;
    let length = (bytes[1] ?? 0) & 0x7f;
    let head = 2;
    if (length === 126) {
      if (bytes.length < 4) return bytes;
      length = bytes.readUInt16BE(2);
      head = 4;
    } else if (length === 127) {
      if (bytes.length < 10) return bytes;
      length = Number(bytes.readBigUInt64BE(2));
      head = 10;
    }
    if (bytes.length < head + length) return bytes;
    if (opcode === 1) into.push(bytes.subarray(head, head + length).toString());
    bytes = bytes.subarray(head + length);
  }
}
