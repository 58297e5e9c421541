import { unknown } from "../../protocol/special";
import type { AnyResourceType, Properties, PropertyValue } from "../resourceType";
import { isEmpty, same } from "./same";

/** The state to keep: what AWS has, and of the inputs what AWS cannot be asked for. */
export function stateOf(type: AnyResourceType, inputs: Properties, found: Properties): Properties {
  const state: Record<string, PropertyValue> = { ...found };
  for (const [name, rule] of Object.entries(type.properties)) {
    const input = inputs[name];
    if (input === undefined || rule === undefined) continue;
    // AWS reorders sets and reformats documents: the program shall see its own as long as they mean the same.
    const sameInOtherWords = (rule.set === true || rule.json !== undefined) && same(rule, found[name], input);
    if (rule.notReadable === true || (sameInOtherWords && rule.nested === undefined)) state[name] = input;
  }
  return state;
}

/**
 * The inputs that would give this state: after a refresh the program's own where nothing has changed, and
 * what was changed behind its back. What AWS settles by itself is no input.
 */
export function inputsOf(type: AnyResourceType, prior: Properties, state: Properties): Properties {
  const inputs: Record<string, PropertyValue> = {};
  for (const [name, rule] of Object.entries(type.properties)) {
    const before = prior[name];
    const now = state[name];
    if (same(rule, now, before)) {
      if (before !== undefined) inputs[name] = before;
    } else if (now !== undefined && (before !== undefined || !isEmpty(now))) {
      // What the program gives stays given, also when it is empty by now.
      inputs[name] = now;
    }
  }
  return inputs;
}

/** What an update would leave behind, as far as a preview can tell. */
export function previewOf(
  type: AnyResourceType,
  old: Properties,
  inputs: Properties,
  changed: ReadonlySet<string>,
): Properties {
  const state: Record<string, PropertyValue> = { ...old };
  for (const [name, rule] of Object.entries(type.properties)) {
    if (inputs[name] === undefined && rule?.computed !== true) Reflect.deleteProperty(state, name);
  }
  for (const name of type.renewedBy?.(changed) ?? []) state[name] = unknown;
  return { ...state, ...inputs };
}

const unfinishedMark = "__unfinished";

/** Marks the state of a resource whose creation stopped halfway, so that the next update goes on from there. */
export function unfinished(state: Properties): Properties {
  return { ...state, [unfinishedMark]: true };
}

export function isUnfinished(state: Properties): boolean {
  return state[unfinishedMark] === true;
}
