import { unknown } from "../../protocol/special";
import type { AnyResourceType, Properties, PropertyValue } from "../resourceType";
import { isEmpty, same } from "./same";

/** The state to store: AWS's values, and the inputs that AWS does not return. */
export function stateOf(type: AnyResourceType, inputs: Properties, found: Properties): Properties {
  const state: Record<string, PropertyValue> = { ...found };
  for (const [name, rule] of Object.entries(type.properties)) {
    const input = inputs[name];
    if (input === undefined || rule === undefined) continue;
    // AWS reorders sets and reformats documents. The state keeps the program's form if it is equal.
    const sameInOtherWords = (rule.set === true || rule.json !== undefined) && same(rule, found[name], input);
    if (rule.notReadable === true || (sameInOtherWords && rule.nested === undefined)) state[name] = input;
  }
  return state;
}

/**
 * The inputs that result in this state: after a refresh the program's inputs, with the values that changed outside of
 * Pulumi. Values that AWS chose are no inputs.
 */
export function inputsOf(type: AnyResourceType, prior: Properties, state: Properties): Properties {
  const inputs: Record<string, PropertyValue> = {};
  for (const [name, rule] of Object.entries(type.properties)) {
    const before = prior[name];
    const now = state[name];
    if (same(rule, now, before)) {
      if (before !== undefined) inputs[name] = before;
    } else if (now !== undefined && (before !== undefined || !isEmpty(now))) {
      // An input of the program remains an input, even if it is empty now.
      inputs[name] = now;
    }
  }
  return inputs;
}

/** The state after an update, as far as a preview knows it. */
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

/** Marks the state of an unfinished creation, so that the next update completes it. */
export function unfinished(state: Properties): Properties {
  return { ...state, [unfinishedMark]: true };
}

export function isUnfinished(state: Properties): boolean {
  return state[unfinishedMark] === true;
}
