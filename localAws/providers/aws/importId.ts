import type { Imported, Properties } from "./resourceType";

/**
 * For a resource whose documented import id consists of its owner's id and its own, with a separator: `group/policy`.
 * @param parts computes the state's id from the two; the second one may contain the separator.
 */
export function importedByPair(
  separator: string,
  parts: (owner: string, own: string) => { readonly id: string; readonly prior: Properties },
): (aws: unknown, id: string) => Promise<Imported | undefined> {
  return (_aws, id) => {
    const end = id.indexOf(separator);
    if (end < 1) return Promise.resolve(undefined);
    return Promise.resolve(parts(id.slice(0, end), id.slice(end + separator.length)));
  };
}
