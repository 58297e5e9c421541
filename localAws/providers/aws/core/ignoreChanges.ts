import type { Properties, PropertyValue } from "../resourceType";
import { isList, isObject } from "../values";

/** The inputs with the state's value at every ignored path, e.g. `desiredCapacity` or `tags["Owner"]`. */
export function withIgnored(inputs: Properties, state: Properties, paths: readonly string[]): Properties {
  return paths.reduce<Properties>((wanted, path) => copied(wanted, state, segments(path)), inputs);
}

function copied(to: Properties, from: Properties, path: readonly string[]): Properties {
  const [name, ...rest] = path;
  if (name === undefined) return to;
  if (name === "*") {
    return Object.keys(from).reduce((wanted, key) => copied(wanted, from, [key, ...rest]), to);
  }
  const { [name]: mine, ...others } = to;
  const value = member(mine, from[name], rest);
  return value === undefined ? others : { ...others, [name]: value };
}

function member(
  to: PropertyValue | undefined,
  from: PropertyValue | undefined,
  path: readonly string[],
): PropertyValue | undefined {
  if (path.length === 0 || from === undefined) return from;
  if (isList(from) || (to !== undefined && isList(to))) {
    const list = copied(byIndex(to), byIndex(from), path);
    return Object.values(list);
  }
  if (to !== undefined && !isObject(to)) return to;
  return isObject(from) ? copied(to ?? {}, from, path) : to;
}

function byIndex(value: PropertyValue | undefined): Properties {
  return value !== undefined && isList(value) ? Object.fromEntries(value.entries()) : {};
}

/** The parts of a Pulumi property path: names after dots, quoted names in brackets, indices in brackets. */
function segments(path: string): string[] {
  return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+|\*)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, plain]) => quoted?.replace(/\\(.)/g, "$1") ?? index ?? plain ?? "",
  );
}
