import { projectName } from "../../engine/settingsFile";
import type { Inventory } from "./inventory";
import type { Resource, Tags } from "./resource";

/**
 * Who made a resource, and for whom.
 *
 * - `stack`: the student's stack, or AWS for a part of it
 * - `hand`: the student, beside the stack
 * - `other`: another student, another stack, or the lab
 * - `unclear`: a shared account does not show whose it is
 */
export type Origin = "stack" | "hand" | "other" | "unclear";

/** The student whose account it is. */
export interface Owner {
  /** The student's id, which is the stack's name. */
  readonly id: string;
  /** Whether other students use the account too. Then only tags and connections show whose a resource is. */
  readonly sharesAccount: boolean;
  /** Key pairs that a lab has from the start. */
  readonly ownKeyPairs: readonly string[];
}

/** A resource with its origin. */
export interface Attributed {
  readonly resource: Resource;
  readonly origin: Origin;
}

/**
 * The origin of each resource: by its own tags, otherwise by what it is in or comes from. A server without tags in the
 * VPC of a student's stack is that student's. The reverse does not hold: a student's server in the default VPC does not
 * make that VPC the student's.
 */
export function attribute(
  { resources, past, networks }: Pick<Inventory, "resources" | "past" | "networks">,
  owner: Owner,
): readonly Attributed[] {
  const byId = new Map(
    resources.flatMap((resource) =>
      [resource.id, ...(resource.aliases ?? [])].map((id) => [id, resource] as const),
    ),
  );
  const originOf = (resource: Resource, path: readonly string[]): Origin => {
    if (resource.kind === "key pair" && owner.ownKeyPairs.includes(resource.id)) return "other";
    const { tags, uses, goesWith } = resource;
    const own = originByTags(tags, owner);
    if (own !== undefined) return own;
    const next = (id: string): readonly (Origin | undefined)[] => {
      const network = networks.get(id);
      // A student's own resource in the stack's VPC is beside the stack.
      if (network !== undefined) return [beside(originByTags(network, owner))];
      const used = byId.get(id);
      if (used === undefined || used === resource || path.includes(used.id)) return [];
      const origin = originOf(used, [...path, resource.id]);
      return [goesWith === used.id || isPartOf(resource, used) ? origin : beside(origin)];
    };
    const found = new Set(
      [...uses, ...(goesWith === undefined ? [] : [goesWith])].flatMap(next).filter(isClear),
    );
    const [first, ...others] = found;
    if (first !== undefined) return others.length === 0 ? first : decided(found);
    return owner.sharesAccount ? "unclear" : "hand";
  };
  return [...resources, ...past].map((resource) => ({ resource, origin: originOf(resource, []) }));
}

/** A part of the student's stack and another student's resource: never the student's to remove. */
function decided(origins: ReadonlySet<Origin>): Origin {
  if (origins.has("other")) return "unclear";
  return origins.has("stack") ? "stack" : "hand";
}

function isClear(origin: Origin | undefined): origin is Origin {
  return origin !== undefined && origin !== "unclear";
}

function beside(origin: Origin | undefined): Origin | undefined {
  return origin === "stack" ? "hand" : origin;
}

/** What AWS creates for another resource: the log group of a function or a database, the snapshot of an AMI. */
function isPartOf(resource: Resource, used: Resource): boolean {
  return (
    (resource.kind === "log group" && (used.kind === "function" || used.kind === "database")) ||
    (resource.kind === "snapshot" && used.kind === "image")
  );
}

function originByTags(tags: Tags, { id }: Owner): Origin | undefined {
  if (tags["ManagedBy"] === "pulumi" && tags["Stack"] !== undefined) {
    return tags["Stack"] === id && (tags["Project"] ?? projectName) === projectName ? "stack" : "other";
  }
  const { Student: student } = tags;
  if (student !== undefined) return student === id ? "hand" : "other";
  return isLabs(tags) ? "other" : undefined;
}

/** A Learner Lab creates its functions and roles with CloudFormation; a student may not delete them. */
function isLabs(tags: Tags): boolean {
  return tags["cloudlab"] !== undefined || tags["aws:cloudformation:stack-name"] !== undefined;
}
