import type { Finding } from "../../support/finding";
import type { AnyResource } from "../../support/resourceTypes";
import { resourceRule } from "../../support/rule";
import { strings, type ValuesOf } from "../../support/settings";
import { fromTheLab } from "../source";

const settings = {
  regions: strings({
    default: ["us-east-1", "us-west-2"],
    description: "The allowed regions",
  }),
};

type Values = ValuesOf<typeof settings>;

export const labRegions = resourceRule(
  {
    name: "lab-regions",
    displayName: "Regions of the lab",
    description: "Every resource is in a region that the lab allows.",
    why: "The lab denies every call in other regions.",
    severity: "high",
    topics: ["account-limits"],
    fix: "Set an allowed region: pulumi config set aws:region us-east-1",
    ...fromTheLab,
    settings,
  },
  [
    { appliesTo: (type) => type === "pulumi:providers:aws", judge: judgeProvider },
    { appliesTo: (type) => type.startsWith("aws:"), judge: judgeResource },
  ],
);

function* judgeProvider({ props }: AnyResource, { regions }: Values): Iterable<Finding> {
  yield* judge(Reflect.get(props, "region"), regions);
}

/** A resource's own region overrides its provider's. */
function* judgeResource({ props }: AnyResource, { regions }: Values): Iterable<Finding> {
  const region: unknown = Reflect.get(props, "region");
  if (region !== undefined) yield* judge(region, regions);
}

function* judge(region: unknown, regions: readonly string[]): Iterable<Finding> {
  if (typeof region !== "string" || !regions.includes(region)) {
    yield { at: "region", value: region, allowed: `one of ${regions.join(", ")}` };
  }
}
