import type { Finding } from "../../support/finding";
import { on, resourceRule } from "../../support/rule";
import { wholeNumber, strings, type ValuesOf } from "../../support/settings";
import { judgeEach } from "../../support/unknown";
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

interface Volume {
  readonly size: number | undefined;
  readonly type: string | undefined;
  readonly iops: number | undefined;
}

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
    on("aws:ebs/volume:Volume", ({ size, type, iops }, values: Values) =>
      judge({ size, type, iops }, { size: "size", type: "type", iops: "iops" }, values),
    ),
    on("aws:ec2/launchTemplate:LaunchTemplate", ({ blockDeviceMappings = [] }, values: Values) =>
      judgeEach(blockDeviceMappings, ({ ebs }, index) =>
        ebs === undefined ? [] : judgeDevice(ebs, `blockDeviceMappings[${String(index)}].ebs`, values),
      ),
    ),
    on("aws:ec2/instance:Instance", function* ({ rootBlockDevice, ebsBlockDevices = [] }, values: Values) {
      if (rootBlockDevice !== undefined) yield* judgeDevice(rootBlockDevice, "rootBlockDevice", values);
      yield* judgeEach(ebsBlockDevices, (device, index) =>
        judgeDevice(device, `ebsBlockDevices[${String(index)}]`, values),
      );
    }),
  ],
);

interface Device {
  readonly volumeSize?: number | undefined;
  readonly volumeType?: string | undefined;
  readonly iops?: number | undefined;
}

function judgeDevice(device: Device, at: string, values: Values): Iterable<Finding> {
  const { volumeSize, volumeType, iops } = device;
  const places = { size: `${at}.volumeSize`, type: `${at}.volumeType`, iops: `${at}.iops` };
  return judge({ size: volumeSize, type: volumeType, iops }, places, values);
}

function* judge(
  { size, type, iops }: Volume,
  at: Readonly<Record<keyof Volume, string>>,
  { maximumGiB, types }: Values,
): Iterable<Finding> {
  if (size !== undefined && size > maximumGiB) {
    yield { at: at.size, value: size, allowed: `at most ${String(maximumGiB)} GiB` };
  }
  if (type !== undefined && !types.includes(type)) {
    yield { at: at.type, value: type, allowed: `one of ${types.join(", ")}` };
  }
  if (iops !== undefined) yield { at: at.iops, value: iops, allowed: "no provisioned IOPS" };
}
