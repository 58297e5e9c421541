import type { Finding } from "../../support/finding";
import type { AnyResource } from "../../support/resourceTypes";
import { on, onAny, resourceRule } from "../../support/rule";
import { judgeAll } from "../../support/unknown";
import { keyPairsOf, keyPairTypes } from "../../support/views/servers/keyPairs";
import { launcherOf } from "../launcher";
import { fromTheLab } from "../source";

const keyPair = "vockey";
const itsRegion = "us-east-1";

export const labKeyPair = resourceRule(
  {
    name: "lab-key-pair",
    displayName: "vockey in its region",
    description: `The lab's key pair ${keyPair} is used only in ${itsRegion}.`,
    why: `The lab has the key pair ${keyPair} in ${itsRegion} only: in another region every launch with it fails.`,
    severity: "medium",
    topics: ["account-limits"],
    fix: `Use ${itsRegion}, or remove the key pair and set fleet.sshPublicKey to your own key.`,
    ...fromTheLab,
    settings: {},
  },
  [
    onAny(keyPairTypes, (resource) =>
      judgeAll(keyPairsOf(resource), ({ at, value }) => judge(at, value, resource)),
    ),
    on("aws:lambda/function:Function", (_props, _, lambda) =>
      judge("environment.variables.KEY_PAIR_NAME", launcherOf(lambda)?.keyPairName, lambda),
    ),
  ],
);

function* judge(at: string, keyName: string | undefined, resource: AnyResource): Iterable<Finding> {
  if (keyName !== keyPair) return;
  const region = regionOf(resource);
  if (region !== itsRegion) {
    yield {
      at,
      value: `${keyPair} in ${region ?? "a region that is not set"}`,
      allowed: `${keyPair} in ${itsRegion}`,
    };
  }
}

function regionOf({ props, provider }: AnyResource): string | undefined {
  const [region] = [props, provider?.props ?? {}]
    .map((each): unknown => Reflect.get(each, "region"))
    .filter(isText);
  return region;
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
