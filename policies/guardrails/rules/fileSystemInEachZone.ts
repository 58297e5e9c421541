import type { StackFinding } from "../../support/finding";
import { referencesOf, mergeReferences } from "../../support/references";
import { stackRule } from "../../support/rule";
import { allOf, type StackResource } from "../../support/stack";
import { judgeEach } from "../../support/unknown";
import { fleetsIn, inVpcOfSubnets, namedBy, subnetsOfFleets } from "../../support/views/fleetSubnets";
import { referencedZones, subnetsOf, type ReferencedZones } from "../../support/views/subnets";

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
    const fleets = fleetsIn(stack);
    const mountTargets = allOf(stack, "aws:efs/mountTarget:MountTarget").map((target) => ({
      fileSystems: referencesOf(stack, target, "fileSystemId", "aws:efs/fileSystem:FileSystem"),
      subnets: subnetsOf(stack, target, "subnetId"),
    }));
    yield* judgeEach(allOf(stack, "aws:efs/fileSystem:FileSystem"), function* (fileSystem) {
      const isIt = ({ urn }: StackResource) => urn === fileSystem.urn;
      const own = mountTargets.filter(({ fileSystems }) => fileSystems.possible.some(isIt));
      const subnets = mergeReferences(own.map((target) => target.subnets));
      const users = namedBy(inVpcOfSubnets(fleets, subnets, stack), fileSystem);
      const findings = [
        ...judgeFileSystem(
          fileSystem,
          own.length,
          referencedZones(subnets),
          referencedZones(subnetsOfFleets(users)),
        ),
      ];
      const doubt = own.find(({ fileSystems }) => !fileSystems.certain.some(isIt))?.fileSystems.unknown;
      if (findings.length === 0 && doubt !== undefined) throw doubt;
      yield* findings;
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
