import type { AnyResourceType, Properties } from "../resourceType";
import { isAutoName } from "./autoName";
import { withIgnored } from "./ignoreChanges";
import { same } from "./same";

/** What one input's difference means for the resource. */
export interface Difference {
  readonly kind: "add" | "delete" | "update";
  readonly replace: boolean;
}

export interface Diff {
  /** By the input's name. */
  readonly differences: ReadonlyMap<string, Difference>;
  /** Whether the official provider deletes the old one first: it does when the program gives the name. */
  readonly deleteBeforeReplace: boolean;
}

/** A resource in step: its state as last read, and what the program wants of it. */
export interface Wanted {
  /** The resource's name in the program. */
  readonly name: string;
  readonly old: Properties;
  readonly new: Properties;
  /** Paths that the program gave as `ignoreChanges`. */
  readonly ignoreChanges: readonly string[];
}

/**
 * Compares the state, not the old inputs: what was changed behind Pulumi's back counts too. Asks AWS nothing.
 */
export function diff(type: AnyResourceType, { name, old, new: inputs, ignoreChanges }: Wanted): Diff {
  const wanted = withIgnored(inputs, old, ignoreChanges);
  const differences = new Map<string, Difference>();
  for (const [property, rule] of Object.entries(type.properties)) {
    if (rule === undefined || same(rule, old[property], wanted[property])) continue;
    const inPlace = rule.notReadable === true || type.update !== undefined;
    const askedFor = rule.replaceWhen !== undefined && wanted[rule.replaceWhen] === true;
    differences.set(property, {
      kind: old[property] === undefined ? "add" : wanted[property] === undefined ? "delete" : "update",
      replace: rule.replace === true || askedFor || !inPlace,
    });
  }
  return { differences, deleteBeforeReplace: nameIsGiven(type, name, wanted) };
}

/**
 * The official provider deletes first whenever the program gives the name, also when the replacement has another
 * one; a generated name is a new one in the replacement. A program that knows better sets `deleteBeforeReplace`.
 */
function nameIsGiven(type: AnyResourceType, name: string, wanted: Properties): boolean {
  return Object.entries(type.properties).some(([property, rule]) => {
    const value = wanted[property];
    return rule?.autoName !== undefined && typeof value === "string" && !isAutoName(name, value);
  });
}
