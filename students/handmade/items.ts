import type { Attributed } from "../inventory/origin";
import type { Resource } from "../inventory/resource";

/** A resource that a student made by hand, with those that AWS deletes with it. */
export interface Item {
  readonly resource: Resource;
  /** Deleted with it: a server's volume, a group's servers. */
  readonly parts: readonly Resource[];
  /** US dollars a day, its parts included; undefined when a price is not known. */
  readonly dollarsPerDay: number | undefined;
}

/** What was made by hand, in the order of removal, without what AWS deletes with something else. */
export function itemsOf(attributed: readonly Attributed[]): readonly Item[] {
  const all = new Set(attributed.map(({ resource }) => resource.id));
  const byHand = attributed.flatMap(({ resource, origin }) => (origin === "hand" ? [resource] : []));
  return byHand
    .filter(({ goesWith }) => goesWith === undefined || !all.has(goesWith))
    .map((resource) => {
      const parts = partsOf(resource, byHand);
      return { resource, parts, dollarsPerDay: perDay([resource, ...parts]) };
    });
}

/** Of a group: its servers, and their volumes. */
function partsOf({ id }: Resource, byHand: readonly Resource[]): readonly Resource[] {
  return byHand
    .filter(({ goesWith }) => goesWith === id)
    .flatMap((part) => [part, ...(part.id === id ? [] : partsOf(part, byHand))]);
}

function perDay(resources: readonly Resource[]): number | undefined {
  return resources.reduce<number | undefined>(
    (sum, { dollarsPerHour }) =>
      sum === undefined || dollarsPerHour === undefined ? undefined : sum + 24 * dollarsPerHour,
    0,
  );
}
