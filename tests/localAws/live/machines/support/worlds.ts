import type { Image, Instance, Place } from "../../../../../localAws/live/world";
import { everyEgress, networkInterface, subnet, vpc, world } from "../../network/support/worlds";

export const debian: Image = {
  id: "ami-0deb",
  name: "debian-13-amd64-20260112-2355",
  state: "available",
  architecture: "x86_64",
  sourceInstanceId: null,
};

export const debianArm: Image = {
  ...debian,
  id: "ami-0a43",
  name: "debian-13-arm64-20260112-2355",
  architecture: "arm64",
};

/** User data as EC2 has it: base64. */
export function userData(script: string): string {
  return Buffer.from(script).toString("base64");
}

export function instance(rest: Partial<Instance> = {}): Instance {
  return {
    id: "i-0001",
    state: "pending",
    imageId: debian.id,
    type: "t3.small",
    vpcId: "vpc-1",
    zone: "us-east-1a",
    interfaces: [networkInterface("subnet-a", "10.0.0.5", ["sg-web"])],
    userData: "",
    role: null,
    tags: {},
    metadata: { enabled: true, tokensRequired: true, hopLimit: 1, tags: false },
    monitoring: false,
    keyName: null,
    publicKey: null,
    rootVolumeGiB: 8,
    shutdownBehavior: "stop",
    launchedAt: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
    reboots: 0,
    groupName: null,
    ...rest,
  };
}

/** A world with one VPC. */
export function worldWith(
  instances: readonly Instance[],
  images: readonly Image[] = [],
  place: Partial<Place> = {},
) {
  const network = vpc({
    subnets: [subnet("subnet-a", "10.0.0.0/24")],
    securityGroups: [{ id: "sg-web", name: "web", rules: [everyEgress] }],
  });
  return world([network], { instances: [...instances], images: [debian, debianArm, ...images], ...place });
}
