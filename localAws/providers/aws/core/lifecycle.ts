import { unknown } from "../../protocol/special";
import type { AwsClients } from "../clients";
import type { AnyResourceType, Imported, Properties, PropertyValue, Rules } from "../resourceType";
import { diff, type Wanted } from "./diff";
import { withIgnored } from "./ignoreChanges";
import { spelt } from "./spelling";
import { inputsOf, isUnfinished, previewOf, stateOf, unfinished } from "./state";

/** A resource in AWS. */
export interface Found {
  readonly id: string;
  readonly state: Properties;
}

/** AWS created the resource, and a later step failed. The engine must keep the resource in the state. */
export class UnfinishedError extends Error {
  override readonly name = "UnfinishedError";

  constructor(
    readonly resource: Found,
    override readonly cause: unknown,
  ) {
    super("created, but not completed", { cause });
  }
}

/** @throws UnfinishedError if AWS created the resource and a later step failed. */
export async function create(type: AnyResourceType, aws: AwsClients, given: Properties): Promise<Found> {
  const inputs = spelt(type.properties, given);
  const { id } = await type.create(aws, inputs);
  try {
    await type.complete?.(aws, id, inputs);
    return { id, state: await readBack(type, aws, id, inputs, inputs) };
  } catch (error) {
    throw new UnfinishedError({ id, state: unfinished(inputs) }, error);
  }
}

/**
 * The state of a resource that does not exist yet. Values that AWS chooses are unknown, as in the official provider, so
 * policies cannot check them. Outputs that are no inputs are omitted, which the engine treats as unknown, too.
 */
export function previewCreate(type: AnyResourceType, inputs: Properties): Properties {
  return withUnknowns(type.properties, spelt(type.properties, inputs));
}

/** The same for the members of a block, as far as its rules name them. */
function withUnknowns(rules: Rules, given: Properties): Properties {
  const all: Record<string, PropertyValue> = { ...given };
  for (const [name, rule] of Object.entries(rules)) {
    const value = given[name];
    if (rule?.computed !== true) continue;
    if (value === undefined) all[name] = unknown;
    else if (rule.nested !== undefined && isObject(value)) all[name] = withUnknowns(rule.nested, value);
  }
  return all;
}

function isObject(value: PropertyValue): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The state after the update, which also completes an unfinished creation. */
export async function update(
  type: AnyResourceType,
  aws: AwsClients,
  id: string,
  wanted: Wanted,
): Promise<Properties> {
  const inputs = spelt(type.properties, withIgnored(wanted.new, wanted.old, wanted.ignoreChanges));
  const changed = new Set(diff(type, wanted).differences.keys());
  if (changed.size > 0) await type.update?.(aws, { id, old: wanted.old, new: inputs, changed });
  if (isUnfinished(wanted.old)) await type.complete?.(aws, id, inputs);
  return await readBack(type, aws, id, inputs, wanted.old);
}

/** The state after the update, as far as a preview knows it. Sends no request. */
export function previewUpdate(type: AnyResourceType, wanted: Wanted): Properties {
  const inputs = spelt(type.properties, withIgnored(wanted.new, wanted.old, wanted.ignoreChanges));
  return previewOf(type, wanted.old, inputs, new Set(diff(type, wanted).differences.keys()));
}

/** State and inputs in AWS; `undefined` if the resource does not exist. */
export async function read(
  type: AnyResourceType,
  aws: AwsClients,
  id: string,
  prior: { readonly inputs: Properties; readonly state: Properties },
): Promise<{ readonly id: string; readonly inputs: Properties; readonly state: Properties } | undefined> {
  const known = await importedOf(type, aws, id, prior.state);
  const found = await type.read(aws, known.id, known.prior);
  if (found === undefined) return undefined;
  const read = stateOf(type, known.prior, found);
  const state = isUnfinished(prior.state) ? unfinished(read) : read;
  return { id: known.id, inputs: inputsOf(type, prior.inputs, state), state };
}

/** An import has an id from the user, and no state. */
async function importedOf(
  type: AnyResourceType,
  aws: AwsClients,
  id: string,
  state: Properties,
): Promise<Imported> {
  const imported = Object.keys(state).length === 0 ? await type.imported?.(aws, id) : undefined;
  return imported ?? { id, prior: state };
}

async function readBack(
  type: AnyResourceType,
  aws: AwsClients,
  id: string,
  inputs: Properties,
  prior: Properties,
): Promise<Properties> {
  const found = await type.read(aws, id, { ...prior, ...inputs });
  if (found === undefined) throw new Error(`AWS does not return ${id} after it accepted it`);
  return stateOf(type, inputs, found);
}
