import type { Interface, Place, World } from "../world";
import type { VpcState } from "./vpcNamespace";

/** Interfaces that exist for AWS: a terminated instance has given its address back. */
function interfacesOf(place: Place): readonly Interface[] {
  const instances = place.instances.filter(({ state }) => state !== "terminated");
  return [
    ...instances.flatMap(({ interfaces }) => interfaces),
    ...place.loadBalancers.flatMap(({ interfaces }) => interfaces),
    ...place.databases.map((database) => database.interface),
    ...place.fileSystems.flatMap(({ mountTargets }) => mountTargets.map((target) => target.interface)),
    ...place.vpcs.flatMap(({ endpoints }) => endpoints.flatMap(({ interfaces }) => interfaces)),
  ];
}

function statesOf(place: Place): readonly VpcState[] {
  const interfaces = interfacesOf(place);
  return place.vpcs.map((vpc) => {
    const subnets = new Set(vpc.subnets.map(({ id }) => id));
    const instances = place.instances.filter(
      ({ vpcId, state }) => vpcId === vpc.id && state !== "terminated",
    );
    return {
      vpc,
      members: interfaces.filter(({ subnetId }) => subnets.has(subnetId)),
      hopLimits: new Map(
        instances.flatMap(({ interfaces: own, metadata }) =>
          own.map(({ privateIp }) => [privateIp, metadata.hopLimit] as const),
        ),
      ),
    };
  });
}

/** The VPCs of all accounts and regions by id. */
export function vpcStates(world: World): ReadonlyMap<string, VpcState> {
  return new Map(world.places.flatMap(statesOf).map((state) => [state.vpc.id, state]));
}
