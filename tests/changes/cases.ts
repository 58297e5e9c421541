import { isDeepStrictEqual } from "node:util";

import { byHand } from "./byHand";
import { otherValues } from "./generate";
import { allSettings, patched, settle, valueAt, type Groups, type Patch } from "./settings";

/** One setting changed on a live stack, and back. */
export interface Case {
  readonly setting: string;
  /** E.g. `network.natGateways: "none" -> "single"`. */
  readonly name: string;
  /** The other settings that differ from the base. */
  readonly around: Patch;
  /** The change. */
  readonly change: Patch;
}

/**
 * Every setting with each of its other values.
 * @throws Error when a setting has no other value. It needs one in byHand.ts.
 */
export function allCases(base: Groups): readonly Case[] {
  return [...allSettings()].flatMap(([setting, schema]) => {
    const { around = {}, values } = byHand[setting] ?? {};
    const from = patched(base, around);
    const now = valueAt(from, setting);
    const wanted = values ?? otherValues(schema, now).map((to) => ({ to }));
    const cases = wanted.flatMap(({ to, besides = {} }: { to: unknown; besides?: Patch }) => {
      const change = { ...besides, [setting]: to };
      const { error } = settle(patched(from, change));
      // A generated value may contradict another setting. A value chosen by hand may not.
      if (error !== undefined) {
        if (values === undefined) return [];
        throw new Error(`byHand.ts: ${setting}: ${JSON.stringify(to)}: ${error.message}`);
      }
      const becomes = valueAt(patched(from, change), setting);
      if (isDeepStrictEqual(becomes, now)) return [];
      return [{ setting, name: `${setting}: ${words(now)} -> ${words(becomes)}`, around, change }];
    });
    if (cases.length === 0) {
      throw new Error(`${setting} has no other value that is allowed: choose one in tests/changes/byHand.ts`);
    }
    return cases;
  });
}

function words(value: unknown): string {
  return value === undefined ? "omitted" : JSON.stringify(value);
}
