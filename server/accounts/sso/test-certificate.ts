import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";

// Self-signed certificates without OpenSSL: X.509 is a handful of nested records (DER).

export type TestCertificate = { privateKey: KeyObject; privatePem: string; certificate: string };

const der = (tag: number, ...contents: Buffer[]): Buffer => {
  const content = Buffer.concat(contents);
  const size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
};
const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const oid = (hex: string) => der(0x06, Buffer.from(hex, "hex"));
const time = (text: string) => der(0x17, Buffer.from(text));

/** RSA with SHA-256, from 2025 to 2049. */
export function makeCertificate(name: string): TestCertificate {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2_048 });
  const algorithm = sequence(oid("2a864886f70d01010b"), der(0x05));
  const commonName = sequence(der(0x31, sequence(oid("550403"), der(0x0c, Buffer.from(name)))));
  const serial = randomBytes(8);
  serial[0] = 1 + ((serial[0] ?? 0) & 0x3f);
  const toBeSigned = sequence(
    der(0xa0, der(0x02, Buffer.of(2))),
    der(0x02, serial),
    algorithm,
    commonName,
    sequence(time("250101000000Z"), time("491231235959Z")),
    commonName,
    publicKey.export({ format: "der", type: "spki" }),
  );
  const signature = sign("sha256", toBeSigned, privateKey);
  const whole = sequence(toBeSigned, algorithm, der(0x03, Buffer.of(0), signature));
  const certificate = `-----BEGIN CERTIFICATE-----\n${whole.toString("base64").replace(/.{64}(?=.)/g, "$&\n")}\n-----END CERTIFICATE-----\n`;
  const privatePem = privateKey.export({ format: "pem", type: "pkcs8" }).toString();
  return { privateKey: createPrivateKey(privatePem), privatePem, certificate };
}
