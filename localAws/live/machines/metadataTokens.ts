import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

export const maxTokenSeconds = 21_600;

/** Session tokens of IMDSv2. A token is signed, so that nothing has to be kept for it. */
export class MetadataTokens {
  private readonly key = randomBytes(32);

  constructor(private readonly now: () => number = Date.now) {}

  /** A token that only this instance can use. */
  create(instanceId: string, ttlSeconds: number): string {
    const expires = Buffer.alloc(8);
    expires.writeBigUInt64BE(BigInt(this.now() + ttlSeconds * 1_000));
    return Buffer.concat([expires, this.sign(instanceId, expires)]).toString("base64");
  }

  /** The seconds that the token is still valid for; undefined when it is not valid. */
  secondsLeft(instanceId: string, token: string): number | undefined {
    const bytes = Buffer.from(token, "base64");
    const expires = bytes.subarray(0, 8);
    const signature = this.sign(instanceId, expires);
    if (bytes.length !== 8 + signature.length || !timingSafeEqual(bytes.subarray(8), signature))
      return undefined;
    const left = Number(expires.readBigUInt64BE()) - this.now();
    return left > 0 ? Math.ceil(left / 1_000) : undefined;
  }

  private sign(instanceId: string, expires: Buffer): Buffer {
    return createHmac("sha256", this.key).update(instanceId).update(expires).digest();
  }
}
