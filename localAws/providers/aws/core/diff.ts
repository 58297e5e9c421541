import type { AnyResourceType, Properties } from "../resourceType";
import { isAutoName } from "./autoName";
import { withIgnored } from "./ignoreChanges";
import { same } from "./same";

/** The effect of a changed input on the resource. */
export interface Difference {
  readonly kind: "add" | "delete" | "update";
  readonly replace: boolean;
}

export interface Diff {
  /** By the input's name. */
  readonly differences: ReadonlyMap<string, Difference>;
  /** Whether the old resource is deleted first, as the official provider does if the program sets the name. */
  readonly deleteBeforeReplace: boolean;
}

/** A resource to compare: its state as last read, and the program's inputs. */
export interface Wanted {
  /** The resource's name in the program. */
  readonly name: string;
  readonly old: Properties;
  readonly new: Properties;
  /** The program's `ignoreChanges`. */
  readonly ignoreChanges: readonly string[];
}

/**
 * Compares with the state, not with the old inputs, so that changes outside of Pulumi count, too. Sends no request.
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
 * The official provider deletes first if the program sets the name, even if the replacement has another name. A
 * generated name is a new one in the replacement. A program can override it with `deleteBeforeReplace`.
 */
function nameIsGiven(type: AnyResourceType, name: string, wanted: Properties): boolean {
  return Object.entries(type.properties).some(([property, rule]) => {
    const value = wanted[property];
    return rule?.autoName !== undefined && typeof value === "string" && !isAutoName(name, value);
  });
}
