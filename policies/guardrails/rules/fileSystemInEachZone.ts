import type { StackFinding } from "../../support/finding";
import { referencesOf, mergeReferences } from "../../support/references";
import { stackRule } from "../../support/rule";
import { allOf, refersTo, type StackResource } from "../../support/stack";
import { judgeEach } from "../../support/unknown";
import { referencedZones, type ReferencedZones } from "../../support/zones";

export const fileSystemInEachZone = stackRule(
  {
    name: "file-system-in-each-zone",
    displayName: "File system in each zone",
    description: "An EFS file system has a mount target in every Availability Zone of the fleet.",
    why: "A file system's DNS name resolves to the mount target in the client's zone. Servers in a zone without one cannot mount it; servers that use another zone's mount target fail with that zone.",
    severity: "high",
    topics: ["availability"],
    fix: "Create a mount target in a subnet of each zone, in subnets of this stack, so that their zones are known.",
    url: "https://docs.aws.amazon.com/efs/latest/ug/accessing-fs.html",
    counterparts: { fsbp: [], checkov: [], cdkNag: [] },
    settings: {},
  },
  function* (stack) {
    const subnetsOf = (resource: StackResource, property: string) =>
      referencesOf(stack, resource, property, "aws:ec2/subnet:Subnet");
    const groups = allOf(stack, "aws:autoscaling/group:Group");
    const fleet = referencedZones(
      mergeReferences(groups.map((group) => subnetsOf(group, "vpcZoneIdentifiers"))),
    );
    const mountTargets = allOf(stack, "aws:efs/mountTarget:MountTarget");
    yield* judgeEach(allOf(stack, "aws:efs/fileSystem:FileSystem"), (fileSystem) => {
      const own = mountTargets.filter((target) => refersTo(target, "fileSystemId", fileSystem));
      const zones = referencedZones(mergeReferences(own.map((target) => subnetsOf(target, "subnetId"))));
      return judgeFileSystem(fileSystem, own.length, zones, fleet);
    });
  },
);

function* judgeFileSystem(
  fileSystem: StackResource,
  mountTargets: number,
  zones: ReferencedZones,
  fleet: ReferencedZones,
): Iterable<StackFinding> {
  const certainly = mountTargets === 0 ? fleet.possible : fleet.certain;
  const missing = certainly.filter((zone) => !zones.possible.includes(zone));
  if (missing.length > 0 || mountTargets < certainly.length) {
    yield {
      resource: fileSystem,
      at: "its mount targets",
      value: missing.length === 0 ? `${String(mountTargets)} of them` : `none in ${missing.join(", ")}`,
      allowed: `one in each of ${certainly.join(", ")}`,
    };
    return;
  }
  // EFS allows one mount target in a zone: as many targets as zones means one in each.
  const covered = mountTargets >= zones.possible.length ? zones.possible : zones.certain;
  if (fleet.possible.every((zone) => covered.includes(zone))) return;
  const unknown = fleet.unknown ?? zones.unknown;
  if (unknown !== undefined) throw unknown;
}
