import type { Finding } from "../../support/finding";
import type { AnyResource } from "../../support/resourceTypes";
import { resourceRule } from "../../support/rule";
import { strings, type ValuesOf } from "../../support/settings";
import { judgeAll, tryRead } from "../../support/unknown";
import { mergeTexts, readTexts, throwUnknown, type Texts } from "../../support/views/ids";
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
    description:
      "Every resource is in a region that the lab allows, and so are its replicas, peers and sources.",
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

/** A resource's own region overrides its provider's. Some resources reach into another region besides. */
function* judgeResource(resource: AnyResource, { regions }: Values): Iterable<Finding> {
  const region: unknown = Reflect.get(resource.props, "region");
  if (region !== undefined && region !== "") yield* judge(region, regions);
  yield* judgeAll(otherRegionsOf(resource), ({ at, value }) => judge(value, regions, at));
}

/** The regions in which a resource creates or reads something in addition to its own. */
function* otherRegionsOf(resource: AnyResource): Iterable<{ readonly at: string; readonly value: string }> {
  const single = ["peerRegion", "sourceRegion", "sourceAmiRegion"].map((property) =>
    readTexts((): unknown => Reflect.get(resource.props, property), property),
  );
  const listed = [
    ...membersOf(resource, "replicas", "region"),
    ...membersOf(resource, "replicas", "regionName"),
    ...membersOf(resource, "distributions", "region"),
  ];
  const all = mergeTexts([...single, ...listed]);
  yield* all.known;
  throwUnknown(all);
}

/** A member of each item of a list. */
function membersOf({ props }: AnyResource, property: string, member: string): readonly Texts[] {
  const list = tryRead((): unknown => Reflect.get(props, property));
  if (!list.known) return [{ known: [], unknown: [list.error] }];
  const { value } = list;
  if (!Array.isArray(value)) return [];
  return [...value.keys()].map((index) =>
    readTexts(
      (): unknown => {
        const item: unknown = value.at(index);
        return typeof item === "object" && item !== null ? Reflect.get(item, member) : undefined;
      },
      `${property}[${String(index)}].${member}`,
    ),
  );
}

function* judge(region: unknown, regions: readonly string[], at = "region"): Iterable<Finding> {
  if (typeof region !== "string" || !regions.includes(region)) {
    yield { at, value: region, allowed: `one of ${regions.join(", ")}` };
  }
}
