import type { StackFinding } from "../../support/finding";
import { stackRule } from "../../support/rule";
import { allOf, referredTo, refersTo, type StackResourceOf } from "../../support/stack";
import { judgeEach } from "../../support/unknown";
import { zonesOf } from "../../support/zones";

type MountTarget = StackResourceOf<"aws:efs/mountTarget:MountTarget">;

/** A server in a zone without a mount target does not even find the file system's name. */
export const fileSystemInEachZone = stackRule(
  {
    name: "file-system-in-each-zone",
    displayName: "File system in each zone",
    description: "An EFS file system has a mount target in every zone that the fleet stands in.",
    why: "A file system's name leads to the mount target of the zone that asks. Servers in a zone without one cannot start; servers that go to another zone's instead are lost with that zone.",
    severity: "high",
    fix: "Make a mount target in a subnet of each zone, of this stack's subnets, so that their zones can be seen.",
    url: "https://docs.aws.amazon.com/efs/latest/ug/accessing-fs.html",
    counterparts: { fsbp: [], checkov: [], cdkNag: [] },
    settings: {},
  },
  function* (stack) {
    const groups = allOf(stack, "aws:autoscaling/group:Group");
    const fleet = zonesOf(
      groups.flatMap((group) => referredTo(group, "vpcZoneIdentifiers", "aws:ec2/subnet:Subnet")),
    );
    const mountTargets = allOf(stack, "aws:efs/mountTarget:MountTarget");
    yield* judgeEach(allOf(stack, "aws:efs/fileSystem:FileSystem"), (fileSystem) => {
      const own = mountTargets.filter((target) => refersTo(target, "fileSystemId", fileSystem));
      return judgeFileSystem(fileSystem, own, fleet);
    });
  },
);

function* judgeFileSystem(
  fileSystem: StackResourceOf<"aws:efs/fileSystem:FileSystem">,
  mountTargets: readonly MountTarget[],
  fleet: readonly string[],
): Iterable<StackFinding> {
  const zones = zonesOf(
    mountTargets.flatMap((target) => referredTo(target, "subnetId", "aws:ec2/subnet:Subnet")),
  );
  const missing = fleet.filter((zone) => !zones.includes(zone));
  // A preview may know of each only that its subnet is one of several. EFS takes one in a zone and no more.
  if (missing.length === 0 && mountTargets.length >= fleet.length) return;
  yield {
    resource: fileSystem,
    at: "its mount targets",
    value: missing.length === 0 ? `${String(mountTargets.length)} of them` : `none in ${missing.join(", ")}`,
    allowed: `one in each of ${fleet.join(", ")}`,
  };
}
