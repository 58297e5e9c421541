import { parseJson, z } from "../../cli/json";

const properties = z.record(z.string(), z.unknown());

const resource = z.looseObject({
  urn: z.string(),
  type: z.string(),
  id: z.string().optional(),
  inputs: properties.optional(),
  outputs: properties.optional(),
  parent: z.string().optional(),
  /** The line of the program, e.g. `project:///components/database/database.ts#57,5`. */
  sourcePosition: z.string().optional(),
  /** The line and its callers. */
  stackTrace: z.array(z.object({ sourcePosition: z.string().optional() })).optional(),
});

const deployment = z.looseObject({ resources: z.array(resource).nullish() });

const exported = z.looseObject({ version: z.number(), deployment });

const checkpoint = z.looseObject({
  version: z.number(),
  checkpoint: z.looseObject({ latest: deployment.nullish() }),
});

/** A resource of a stack's state. */
export type DeployedResource = z.output<typeof resource>;
/** A stack's state, as `pulumi stack export` writes it. */
export type Deployment = z.output<typeof exported>;

/** Reads what `pulumi stack export` writes; undefined for any other text. */
export function readExport(text: string): Deployment | undefined {
  return parseJson(exported, text);
}

/** Reads a file of Pulumi's file backend; undefined for any other text. */
export function readCheckpointFile(text: string): Deployment | undefined {
  const read = parseJson(checkpoint, text);
  if (read === undefined) return undefined;
  return { version: read.version, deployment: read.checkpoint.latest ?? {} };
}

export function resourcesOf({ deployment: { resources } }: Deployment): readonly DeployedResource[] {
  return resources ?? [];
}

/** The stack that the state is of, from its resources' URNs; undefined for a state without resources. */
export function stackNameIn(state: Deployment): string | undefined {
  const urn = resourcesOf(state)[0]?.urn;
  return urn === undefined ? undefined : /^urn:pulumi:(.+?)::/.exec(urn)?.[1];
}
