import { isDeepStrictEqual } from "node:util";

import { z } from "../../cli/json";
import { isOurs } from "../checkpoint";

/** How a resource in the account differs from the state. */
export interface Drift {
  readonly urn: string;
  /** Whether the resource no longer exists. */
  readonly gone: boolean;
  /** The properties that differ, with their values in the account; `undefined` for one that is no longer set. */
  readonly properties: readonly { readonly property: string; readonly value: unknown }[];
}

const state = z.object({ outputs: z.record(z.string(), z.unknown()).nullish() });

/** The engine's events about a refreshed resource. */
const refreshed = z.object({
  resOutputsEvent: z
    .object({
      metadata: z.object({
        op: z.string(),
        urn: z.string(),
        type: z.string(),
        old: state.nullish(),
        new: state.nullish(),
      }),
    })
    .optional(),
});

/** Collects the drift that a refresh finds. */
export interface DriftCollector {
  readonly onEvent: (event: unknown) => void;
  readonly drift: readonly Drift[];
}

export function collectDrift(): DriftCollector {
  const drift: Drift[] = [];
  return {
    drift,
    onEvent: (unparsed) => {
      const { resOutputsEvent } = refreshed.parse(unparsed);
      if (resOutputsEvent === undefined || !isOurs(resOutputsEvent.metadata.type)) return;
      const { urn, old, new: now, op } = resOutputsEvent.metadata;
      if (op === "same" || !old) return;
      if (!now) {
        drift.push({ urn, gone: true, properties: [] });
        return;
      }
      const properties = differing(old.outputs ?? {}, now.outputs ?? {});
      if (properties.length > 0) drift.push({ urn, gone: false, properties });
    },
  };
}

function differing(
  old: Readonly<Record<string, unknown>>,
  now: Readonly<Record<string, unknown>>,
): Drift["properties"] {
  return [...new Set([...Object.keys(old), ...Object.keys(now)])]
    .filter((property) => !isDeepStrictEqual(old[property], now[property]))
    .sort()
    .map((property) => ({ property, value: now[property] }));
}
