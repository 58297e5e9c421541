import { resourcesOf, type DeployedResource, type Deployment } from "./deployment";
import type { Drift } from "./drift";

/** A file that the state names, with the SHA-256 of its content at the update. */
export interface NamedFile {
  readonly path: string;
  readonly hash: string;
}

/** The key that marks Pulumi's special values, and its values. https://github.com/pulumi/pulumi, `sdk/go/common/resource/sig` */
const mark = "4dabf18193072939515e22adb298388d";
const signatures = {
  secret: "1b47061264138c4ac30d75fd1eb44270",
  asset: "c44067f5952c0a294b673a41bacd8c17",
  archive: "0def7320c3a5731c473e5ecbe6d01bc7",
} as const;

/** The engine's placeholder for an unknown value: a rule that reads it reports "not judged". */
const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The mask of a secret in the engine's events. */
const masked = "[secret]";

/**
 * A state as the rules judge it. Secrets are encrypted in a state, and a file may have changed since the update: both are
 * unknown values, which no rule may take for facts. Where the account differs from the state, the account counts.
 *
 * @param isUnchanged whether a file still has the content that was deployed
 */
export function judgedState(
  state: Deployment,
  drift: readonly Drift[],
  isUnchanged: (file: NamedFile) => boolean,
): Deployment {
  const driftOf = new Map(drift.map((each) => [each.urn, each]));
  const known = (value: unknown) => knownValue(value, isUnchanged);
  const resources = resourcesOf(state).flatMap((resource): DeployedResource[] => {
    const drifted = driftOf.get(resource.urn);
    if (drifted?.gone === true) return [];
    const { inputs = {}, outputs = {} } = resource;
    const now = Object.fromEntries(
      (drifted?.properties ?? []).map(({ property, value }) => [property, value] as const),
    );
    return [
      {
        ...resource,
        // The engine judges single resources by their inputs, and the whole stack by the outputs.
        inputs: mapValues(without({ ...inputs, ...now }), known),
        outputs: mapValues(without({ ...outputs, ...now }), known),
      },
    ];
  });
  // An interrupted operation is no resource, and the engine refuses to read some of them.
  return { ...state, deployment: { ...state.deployment, resources, pending_operations: [] } };
}

function knownValue(value: unknown, isUnchanged: (file: NamedFile) => boolean): unknown {
  if (value === masked) return unknownValue;
  if (Array.isArray(value)) return value.map((each) => knownValue(each, isUnchanged));
  if (!isRecord(value)) return value;
  switch (value[mark]) {
    case signatures.secret:
      return unknownValue;
    case signatures.asset:
    case signatures.archive:
      return isWholeHere(value, isUnchanged) ? value : unknownValue;
    default:
      return mapValues(value, (each) => knownValue(each, isUnchanged));
  }
}

/** Whether an asset or archive can be read as it was deployed. An archive's own hash is not that of its file. */
function isWholeHere(value: unknown, isUnchanged: (file: NamedFile) => boolean): boolean {
  if (!isRecord(value)) return false;
  const { assets, path, text, hash } = value;
  if (isRecord(assets)) return Object.values(assets).every((member) => isWholeHere(member, isUnchanged));
  if (typeof text === "string") return true;
  if (value[mark] !== signatures.asset || typeof path !== "string" || typeof hash !== "string") return false;
  return isUnchanged({ path, hash });
}

/** A property that the account no longer has is not set. */
function without(properties: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
}

function mapValues(
  properties: Readonly<Record<string, unknown>>,
  change: (value: unknown) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(properties).map(([name, value]) => [name, change(value)]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
