import { isSet } from "../../isSet";
import { required } from "../../required";
import { isResource, type AnyResource, type PropsOf, type Token } from "../../resourceTypes";
import { isOn } from "../../spelling";
import { judgeAll, judgeEach, tryRead } from "../../unknown";
import {
  specificationsOf,
  specificationTypes,
  type DeviceSpecification,
  type InstanceSpecification,
  type Property,
} from "./specifications";

/** A volume, a snapshot or an image, from any type that can express one. A member that the type does not have is undefined. */
export interface VolumeView {
  readonly encryption?: () => Property<unknown> & { readonly isOn: boolean };
  readonly size?: () => Property<number | undefined>;
  readonly type?: () => Property<string | undefined>;
  readonly iops?: () => Property<number | undefined>;
}

/** The types that have volumes. */
export const volumeTypes = [
  ...specificationTypes,
  "aws:ec2/launchTemplate:LaunchTemplate",
  "aws:ebs/volume:Volume",
  "aws:ebs/snapshotCopy:SnapshotCopy",
  "aws:ebs/snapshotImport:SnapshotImport",
  "aws:dlm/lifecyclePolicy:LifecyclePolicy",
  "aws:ec2/ami:Ami",
  "aws:ec2/amiCopy:AmiCopy",
  "aws:ecs/service:Service",
  "aws:eks/nodeGroup:NodeGroup",
  "aws:emr/cluster:Cluster",
  "aws:emr/instanceGroup:InstanceGroup",
  "aws:imagebuilder/containerRecipe:ContainerRecipe",
  "aws:imagebuilder/imageRecipe:ImageRecipe",
  "aws:workspaces/workspace:Workspace",
] as const satisfies readonly Token[];

/** The volumes of a resource; none for other types. */
export function* volumesOf(resource: AnyResource): Iterable<VolumeView> {
  yield* judgeAll(specificationsOf(resource), ({ at, value }) => ofSpecification(at, value));
  if (isResource(resource, "aws:ec2/launchTemplate:LaunchTemplate")) {
    yield* ofMappings(resource.props.blockDeviceMappings ?? []);
  } else if (isResource(resource, "aws:imagebuilder/imageRecipe:ImageRecipe")) {
    yield* judgeEach(resource.props.blockDeviceMappings ?? [], ({ ebs, noDevice }, index) =>
      ebs === undefined || isOn(noDevice) ? [] : [ofEbs(ebs, mappingAt(index))],
    );
  } else if (isResource(resource, "aws:imagebuilder/containerRecipe:ContainerRecipe")) {
    const at = "instanceConfiguration.";
    const mappings = resource.props.instanceConfiguration?.blockDeviceMappings ?? [];
    yield* judgeEach(mappings, ({ ebs, noDevice }, index) =>
      ebs === undefined || isOn(noDevice) ? [] : [ofEbs(ebs, `${at}${mappingAt(index)}`)],
    );
  } else if (isResource(resource, "aws:workspaces/workspace:Workspace")) {
    const { props } = resource;
    for (const name of ["rootVolumeEncryptionEnabled", "userVolumeEncryptionEnabled"] as const) {
      yield { encryption: () => encryption(name, props[name]) };
    }
  } else if (isResource(resource, "aws:ebs/volume:Volume")) {
    const { props } = resource;
    yield {
      encryption: () => encryption("encrypted", props.encrypted),
      size: () => ({ at: "size", value: props.size }),
      type: () => ({ at: "type", value: props.type }),
      iops: () => ({ at: "iops", value: props.iops }),
    };
  } else if (
    isResource(resource, "aws:ebs/snapshotCopy:SnapshotCopy") ||
    isResource(resource, "aws:ebs/snapshotImport:SnapshotImport") ||
    isResource(resource, "aws:ec2/amiCopy:AmiCopy")
  ) {
    const { props } = resource;
    yield { encryption: () => encryption("encrypted", props.encrypted) };
  } else if (isResource(resource, "aws:ec2/ami:Ami")) {
    yield* judgeEach(resource.props.ebsBlockDevices ?? [], (device, index) =>
      // A snapshot decides whether its volume is encrypted.
      isSet(device, "snapshotId") ? [] : [ofDevice(device, `ebsBlockDevices[${String(index)}]`)],
    );
  } else {
    yield* ofServices(resource);
  }
}

function* ofServices(resource: AnyResource): Iterable<VolumeView> {
  if (isResource(resource, "aws:ecs/service:Service")) {
    const volume = resource.props.volumeConfiguration?.managedEbsVolume;
    const at = "volumeConfiguration.managedEbsVolume";
    if (volume === undefined) return;
    yield {
      encryption: () => encryption(`${at}.encrypted`, volume.encrypted),
      size: () => ({ at: `${at}.sizeInGb`, value: volume.sizeInGb }),
      type: () => ({ at: `${at}.volumeType`, value: volume.volumeType }),
      iops: () => ({ at: `${at}.iops`, value: volume.iops }),
    };
  } else if (isResource(resource, "aws:dlm/lifecyclePolicy:LifecyclePolicy")) {
    yield* judgeEach(
      required(resource.props.policyDetails, "policyDetails").schedules ?? [],
      ({ crossRegionCopyRules = [] }, nth) =>
        judgeEach(crossRegionCopyRules, (rule, index) => {
          const at = `policyDetails.schedules[${String(nth)}].crossRegionCopyRules[${String(index)}]`;
          return [{ encryption: () => encryption(`${at}.encrypted`, rule.encrypted) }];
        }),
    );
  } else if (isResource(resource, "aws:eks/nodeGroup:NodeGroup")) {
    const { props } = resource;
    yield { size: () => ({ at: "diskSize", value: props.diskSize }) };
  } else if (isResource(resource, "aws:emr/instanceGroup:InstanceGroup")) {
    yield* ofEmr(resource.props.ebsConfigs, "");
  } else if (isResource(resource, "aws:emr/cluster:Cluster")) {
    const { masterInstanceGroup, coreInstanceGroup } = resource.props;
    yield* ofEmr(masterInstanceGroup?.ebsConfigs, "masterInstanceGroup.");
    yield* ofEmr(coreInstanceGroup?.ebsConfigs, "coreInstanceGroup.");
  }
}

interface EmrVolume {
  readonly size: number;
  readonly type: string;
  readonly iops?: number | undefined;
}

function ofEmr(volumes: readonly EmrVolume[] | undefined, at: string): Iterable<VolumeView> {
  return judgeEach(volumes ?? [], (volume, index) => {
    const place = `${at}ebsConfigs[${String(index)}]`;
    return [
      {
        size: () => ({ at: `${place}.size`, value: volume.size }),
        type: () => ({ at: `${place}.type`, value: volume.type }),
        iops: () => ({ at: `${place}.iops`, value: volume.iops }),
      },
    ];
  });
}

type Mapping = NonNullable<PropsOf<"aws:ec2/launchTemplate:LaunchTemplate">["blockDeviceMappings"]>[number];

/** The names that images give to their root device. */
const rootDevices = ["/dev/xvda", "/dev/sda1", "/dev/sda", "xvda", "sda1"];

function* ofMappings(mappings: readonly Mapping[]): Iterable<VolumeView> {
  yield* judgeEach(mappings, (mapping, index) => {
    const { ebs, noDevice = "", virtualName = "" } = mapping;
    // The provider ignores an empty text. Neither a suppressed device nor an instance store is an EBS volume.
    if (noDevice !== "" || (ebs === undefined && virtualName !== "")) return [];
    return [ofEbs(ebs ?? {}, mappingAt(index))];
  });
  const names = [...mappings.keys()].map((index) => tryRead(() => mappings.at(index)?.deviceName));
  const unknown = names.find((name) => !name.known);
  const known = names.flatMap((name) => (name.known ? [name.value] : []));
  if (known.some((name) => name !== undefined && rootDevices.includes(name))) return;
  if (unknown !== undefined) throw unknown.error;
  const at = mappings.length === 0 ? `${mappingAt(0)}.encrypted` : "blockDeviceMappings";
  const value = mappings.length === 0 ? undefined : `${known.join(", ")} without the root device`;
  yield { encryption: () => ({ at, value, isOn: false }) };
}

const mappingAt = (index: number) => `blockDeviceMappings[${String(index)}].ebs`;

interface Ebs {
  readonly encrypted?: string | undefined;
  readonly iops?: number | undefined;
  readonly volumeSize?: number | undefined;
  readonly volumeType?: string | undefined;
}

function ofEbs(ebs: Ebs, at: string): VolumeView {
  return {
    ...sizes(ebs, at),
    encryption: () => ({ at: `${at}.encrypted`, value: ebs.encrypted, isOn: isOn(ebs.encrypted) }),
  };
}

function* ofSpecification(at: string, specification: InstanceSpecification): Iterable<VolumeView> {
  const { rootBlockDevice, rootBlockDevices = [], ebsBlockDevices = [] } = specification;
  if (rootBlockDevice !== undefined) yield ofDevice(rootBlockDevice, `${at}rootBlockDevice`);
  yield* judgeEach(rootBlockDevices, (device, index) => [
    ofDevice(device, `${at}rootBlockDevices[${String(index)}]`),
  ]);
  const hasRoot = rootBlockDevice !== undefined || rootBlockDevices.length > 0;
  // A template sets the root device if the instance does not.
  if (!hasRoot && !isSet(specification, "launchTemplate")) yield ofDevice({}, `${at}rootBlockDevice`);
  yield* judgeEach(ebsBlockDevices, (device, index) =>
    isOn(device.noDevice) ? [] : [ofDevice(device, `${at}ebsBlockDevices[${String(index)}]`)],
  );
}

function ofDevice(device: DeviceSpecification, at: string): VolumeView {
  return { ...sizes(device, at), encryption: () => encryption(`${at}.encrypted`, device.encrypted) };
}

function sizes(device: Omit<Ebs, "encrypted">, at: string): Omit<VolumeView, "encryption"> {
  return {
    size: () => ({ at: `${at}.volumeSize`, value: device.volumeSize }),
    type: () => ({ at: `${at}.volumeType`, value: device.volumeType }),
    iops: () => ({ at: `${at}.iops`, value: device.iops }),
  };
}

function encryption(at: string, value: boolean | undefined) {
  return { at, value, isOn: isOn(value) };
}
