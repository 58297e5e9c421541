import { createHash } from "node:crypto";

const smallestAccount = 100_000_000_000n;
const accounts = 900_000_000_000n;

/**
 * The emulator's account of a stack: 12 digits that depend only on the stack's name, so each stack always has the same
 * account of its own. It is also the access key of that account.
 */
export function accountIdOf(stackName: string): string {
  const digest = createHash("sha256").update(stackName).digest();
  return (smallestAccount + (digest.readBigUInt64BE(0) % accounts)).toString();
}
