import type { Finding } from "../../support/finding";
import { onAny, resourceRule } from "../../support/rule";
import { wholeNumber, strings, type ValuesOf } from "../../support/settings";
import { judgeAll, judgeEach } from "../../support/unknown";
import type { Property } from "../../support/views/servers/specifications";
import { volumesOf, volumeTypes, type VolumeView } from "../../support/views/servers/volumes";
import { fromTheLab } from "../source";

const settings = {
  maximumGiB: wholeNumber({
    default: 100,
    minimum: 1,
    description: "The largest volume, in GiB",
  }),
  types: strings({
    default: ["gp2", "gp3"],
    description: "The allowed volume types",
  }),
};

type Values = ValuesOf<typeof settings>;

/** A property without a value has AWS's or the image's default, which the lab allows. */
export const labVolumes = resourceRule(
  {
    name: "lab-volumes",
    displayName: "Volumes of the lab",
    description: "Volumes have at most 100 GiB, a general purpose type and no provisioned IOPS.",
    why: "The lab denies larger and faster volumes.",
    severity: "medium",
    topics: ["account-limits"],
    fix: "Lower the volume's size, use the type gp3 and remove iops.",
    ...fromTheLab,
    settings,
  },
  [
    onAny(volumeTypes, (resource, values: Values) =>
      judgeAll(volumesOf(resource), (volume) => judgeVolume(volume, values)),
    ),
  ],
);

function* judgeVolume(volume: VolumeView, { maximumGiB, types }: Values): Iterable<Finding> {
  const judgements = [
    () => found(volume.size?.(), (size) => size > maximumGiB, `at most ${String(maximumGiB)} GiB`),
    () => found(volume.type?.(), (type) => !types.includes(type), `one of ${types.join(", ")}`),
    () => found(volume.iops?.(), () => true, "no provisioned IOPS"),
  ];
  yield* judgeEach(judgements, (judge) => judge());
}

function found<Value>(
  property: Property<Value | undefined> | undefined,
  isWrong: (value: Value) => boolean,
  allowed: string,
): readonly Finding[] {
  if (property?.value === undefined || !isWrong(property.value)) return [];
  return [{ at: property.at, value: property.value, allowed }];
}
