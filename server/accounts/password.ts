// Argon2id with the library's defaults (19 MiB, two passes, one lane), which are OWASP's first choice. The native part is
// loaded at the first use: most processes never need it.

export async function hashPassword(password: string): Promise<string> {
  const { hash } = await import("@node-rs/argon2");
  return hash(password);
}

/** A hash of random bytes that nobody knows, made with the same costs: what an unknown account is compared with. */
const nobody =
  "$argon2id$v=19$m=19456,t=2,p=1$4DnLh/QvqkRfUFadz71PKg$h4JGYoRlG8dCVCC8Iyyr9N30qjYa92oXZAGx1yEEDWs";

/** Takes the same time whether or not there is such an account, and whether or not it has a password. */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  const { verify } = await import("@node-rs/argon2");
  const isRight = await verify(passwordHash ?? nobody, password);
  return isRight && passwordHash !== null;
}
