import { expect } from "chai";

import type { AwsClients } from "../../../../localAws/providers/aws/clients";
import { check } from "../../../../localAws/providers/aws/core/check";
import { diff } from "../../../../localAws/providers/aws/core/diff";
import { create, read, update } from "../../../../localAws/providers/aws/core/lifecycle";
import type {
  AnyResourceType,
  CheckFailure,
  Properties,
} from "../../../../localAws/providers/aws/resourceType";
import { isObject } from "../../../../localAws/providers/aws/values";
import { assetHash } from "../../../../localAws/providers/protocol/special";

/** A resource as the engine stores it between two runs. */
export interface Kept {
  readonly type: AnyResourceType;
  readonly id: string;
  /** The program's inputs, with defaults and generated names. */
  readonly inputs: Properties;
  readonly state: Properties;
}

const name = "thing";
const randomSeed = new Uint8Array([1, 2, 3, 4]);

/** The problems of these inputs, as the engine would report them. */
export function problemsOf(type: AnyResourceType, inputs: Properties): readonly CheckFailure[] {
  return check(type, { name, inputs, old: {}, randomSeed }).failures;
}

/** Runs a new resource through the provider, as `up` would. */
export async function make(aws: AwsClients, type: AnyResourceType, given: Properties): Promise<Kept> {
  const inputs = settled(type, given, {});
  const { id, state } = await create(type, aws, inputs);
  return { type, id, inputs, state };
}

/** The difference that `preview` would show for these inputs. */
export function preview(
  { type, state, inputs: old }: Kept,
  given: Properties,
  ignoreChanges: readonly string[] = [],
) {
  const { differences } = diff(type, { name, old: state, new: settled(type, given, old), ignoreChanges });
  const names = [...differences.keys()].sort();
  return {
    changed: names,
    replaced: names.filter((property) => differences.get(property)?.replace === true),
  };
}

/** Changes the resource in place, as `up` would. A replacement fails the test. */
export async function change(
  aws: AwsClients,
  kept: Kept,
  given: Properties,
  ignoreChanges: readonly string[] = [],
): Promise<Kept> {
  expect(preview(kept, given, ignoreChanges).replaced, "replaced").to.deep.equal([]);
  const inputs = settled(kept.type, given, kept.inputs);
  const wanted = { name, old: kept.state, new: inputs, ignoreChanges };
  return { ...kept, inputs, state: await update(kept.type, aws, kept.id, wanted) };
}

/** The result of `refresh`; `undefined` if the resource does not exist. */
export async function refresh(aws: AwsClients, kept: Kept): Promise<Kept | undefined> {
  const prior = { inputs: withoutFiles(kept.inputs), state: withoutFiles(kept.state) };
  const found = await read(kept.type, aws, kept.id, prior);
  return found === undefined ? undefined : { ...kept, ...found };
}

/** Checks that AWS has the program's values: a refresh and the next preview show no difference. */
export async function expectInStep(aws: AwsClients, kept: Kept): Promise<void> {
  const found = await refresh(aws, kept);
  expect(found?.inputs).to.deep.equal(withoutFiles(kept.inputs));
  expect(found?.state).to.deep.equal(withoutFiles(kept.state));
  expect(preview(kept, kept.inputs).changed).to.deep.equal([]);
}

/** The inputs that changed outside of Pulumi, as the preview after a refresh shows them. */
export async function driftOf(aws: AwsClients, kept: Kept): Promise<readonly string[]> {
  const found = await refresh(aws, kept);
  if (found === undefined) throw new Error(`${kept.id} is gone`);
  return preview(found, kept.inputs).changed;
}

/** Deletes the resource, and checks that it does not exist and that another deletion is no error. */
export async function end(aws: AwsClients, { type, id, state, inputs }: Kept): Promise<void> {
  await type.delete(aws, id, state);
  expect(await read(type, aws, id, { inputs, state }), "read after delete").to.equal(undefined);
  await type.delete(aws, id, state);
}

/** A string of the state, e.g. an ARN. */
export function textIn({ state }: Kept, property: string): string {
  const value = state[property];
  if (typeof value === "string") return value;
  throw new Error(`${property} is ${JSON.stringify(value)}`);
}

/** The properties as the engine passes them for a refresh: an archive has only its hash. */
function withoutFiles(properties: Properties): Properties {
  const entries = Object.entries(properties).map(([key, value]) => {
    if (assetHash(value) === undefined || !isObject(value)) return [key, value] as const;
    const { assets, ...rest } = value;
    return [key, assets === undefined ? value : rest] as const;
  });
  return Object.fromEntries(entries);
}

function settled(type: AnyResourceType, given: Properties, old: Properties): Properties {
  const { inputs, failures } = check(type, { name, inputs: given, old, randomSeed });
  expect(failures, "check").to.deep.equal([]);
  return inputs;
}
