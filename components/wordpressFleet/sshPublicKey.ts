import { z } from "zod";

/** A public key in OpenSSH's format, without its comment. */
export interface SshPublicKey {
  readonly type: "ssh-ed25519" | "ssh-rsa";
  /** The type, a space, and the key in base64. */
  readonly text: string;
}

const allowed =
  "an OpenSSH public key on one line, ssh-ed25519 or ssh-rsa of 2048 or 4096 bits, e.g. the content of ~/.ssh/id_ed25519.pub";

/** EC2 also takes RSA keys of 1024 bits, which are too weak. */
const rsaBits = [2_048, 4_096];
const ed25519Bytes = 32;

/**
 * Reads a key that EC2 can import; `undefined` when EC2 would refuse it.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/create-key-pairs.html
 */
export function parseSshPublicKey(given: string): SshPublicKey | undefined {
  const match = /^(ssh-ed25519|ssh-rsa) ([A-Za-z0-9+/]+={0,2})(?: [^\n\r]*)?$/.exec(given);
  const [, type, base64 = ""] = match ?? [];
  if (type !== "ssh-ed25519" && type !== "ssh-rsa") return undefined;
  const fields = fieldsOf(Buffer.from(base64, "base64"));
  if (fields === undefined || fields[0]?.toString("latin1") !== type) return undefined;
  const isWhole = type === "ssh-ed25519" ? isEd25519(fields) : isRsa(fields);
  return isWhole ? { type, text: `${type} ${base64}` } : undefined;
}

/** The schema of the setting. It keeps the text unchanged. */
export const sshPublicKey = () =>
  z.string({ error: allowed }).refine((text) => parseSshPublicKey(text) !== undefined, { error: allowed });

/** The fields of a key, each after its length in four bytes (RFC 4253, section 6.6); `undefined` when it is truncated. */
function fieldsOf(bytes: Buffer): readonly Buffer[] | undefined {
  const fields: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    if (at + 4 > bytes.length) return undefined;
    const end = at + 4 + bytes.readUInt32BE(at);
    if (end > bytes.length) return undefined;
    fields.push(bytes.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

function isEd25519([, key, ...rest]: readonly Buffer[]): boolean {
  return key?.length === ed25519Bytes && rest.length === 0;
}

/** Checks exponent and modulus. A number whose first bit is set has a leading zero byte. */
function isRsa([, exponent, modulus, ...rest]: readonly Buffer[]): boolean {
  if (exponent === undefined || modulus === undefined || rest.length > 0) return false;
  const first = modulus.findIndex((byte) => byte !== 0);
  const bits = first === -1 ? 0 : (modulus.length - first) * 8 - Math.clz32(modulus.readUInt8(first)) + 24;
  return exponent.length > 0 && rsaBits.includes(bits);
}
