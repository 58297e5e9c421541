import type { Rule } from "./rule";

/** A policy pack, as its folder's `pack.ts` declares it. */
export interface Pack {
  /** Its folder's name. */
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly rules: readonly Rule[];
}
