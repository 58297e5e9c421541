import { EC2 } from "@aws-sdk/client-ec2";
import { S3 } from "@aws-sdk/client-s3";
import { STS } from "@aws-sdk/client-sts";

import { renderBuilderUserData } from "../../../../components/wordpressFleet/builderUserData";
import {
  goldenImageProvider,
  type GoldenImageProvider,
} from "../../../../components/wordpressFleet/goldenImage/provider/provider";
import type { BuilderData } from "../../../../components/wordpressFleet/goldenImage/staging";
import { storageOf } from "../../../../components/wordpressFleet/goldenImage/storage";
import { present } from "../../../localAws/emulator/fleet";
import type { EmulatorClientConfig } from "../../../support/emulator";

/** The newest Debian of the emulator, and the one before. */
export const debian = "ami-0deb13a0d64000001";
export const olderDebian = "ami-0deb13a0d63900001";

export const urn =
  "urn:pulumi:dev::wordpress::wordpress:fleet:WordPressFleet$golden-image:index:GoldenImage::site-image";

/** An account with a network that a builder can build in, and the provider for it. */
export interface BakingSite {
  readonly ec2: EC2;
  readonly provider: GoldenImageProvider;
  /** Messages to the user, ephemeral ones included. */
  readonly messages: string[];
  readonly inputs: ReturnType<typeof inputsFor>;
  readonly vpcId: string;
}

/** @param builderData what the builder starts with; default: the program's own */
export async function openBakingSite(
  config: EmulatorClientConfig,
  builderData: () => BuilderData = renderBuilderUserData,
): Promise<BakingSite> {
  const ec2 = new EC2(config);
  const messages: string[] = [];
  const say = (message: string) => {
    messages.push(message);
  };
  const provider = goldenImageProvider({
    builderData,
    storage: () => Promise.resolve(storageOf(new S3({ ...config, forcePathStyle: true }), new STS(config))),
    ec2: () => Promise.resolve(ec2),
    rollout: () => Promise.reject(new Error("a golden image needs no rollout")),
    progressOf: () => ({ step: say, passing: say }),
    pollMilliseconds: 50,
  });
  const { vpcId, subnetId, securityGroupId } = await makeWayOut(ec2);
  return { ec2, provider, messages, vpcId, inputs: inputsFor(subnetId, securityGroupId) };
}

function inputsFor(subnetId: string, securityGroupId: string) {
  return {
    contentHash: "0123456789ab",
    baseImageId: debian,
    rootDeviceName: "/dev/xvda",
    instanceType: "t3.micro",
    subnetId,
    securityGroupId,
    publicAddress: true,
    timeoutMinutes: 0.5,
    region: "us-east-1",
    tags: tags({ Stack: "dev", Name: "site-image" }),
  };
}

const tags = (of: Readonly<Record<string, string>>) => of;

/** A public subnet and a security group that allows all egress, as AWS creates one. */
async function makeWayOut(ec2: EC2) {
  const vpcId = present((await ec2.createVpc({ CidrBlock: "10.0.0.0/16" })).Vpc?.VpcId);
  const { Subnet } = await ec2.createSubnet({ VpcId: vpcId, CidrBlock: "10.0.0.0/24" });
  const { InternetGateway } = await ec2.createInternetGateway({});
  const InternetGatewayId = present(InternetGateway?.InternetGatewayId);
  await ec2.attachInternetGateway({ InternetGatewayId, VpcId: vpcId });
  const { RouteTables } = await ec2.describeRouteTables({ Filters: [{ Name: "vpc-id", Values: [vpcId] }] });
  await ec2.createRoute({
    RouteTableId: present(RouteTables?.[0]?.RouteTableId),
    DestinationCidrBlock: "0.0.0.0/0",
    GatewayId: InternetGatewayId,
  });
  const { GroupId } = await ec2.createSecurityGroup({
    VpcId: vpcId,
    GroupName: "builder",
    Description: "builder",
  });
  return { vpcId, subnetId: present(Subnet?.SubnetId), securityGroupId: present(GroupId) };
}

/** Instances that are not terminated. */
export async function machinesOf({ ec2 }: BakingSite) {
  const { Reservations = [] } = await ec2.describeInstances({
    Filters: [{ Name: "instance-state-name", Values: ["pending", "running", "stopping", "stopped"] }],
  });
  return Reservations.flatMap(({ Instances = [] }) => Instances);
}

export async function imagesOf({ ec2 }: BakingSite) {
  const { Images = [] } = await ec2.describeImages({ Owners: ["self"] });
  return Images;
}

export async function snapshotsOf({ ec2 }: BakingSite) {
  const { Snapshots = [] } = await ec2.describeSnapshots({ OwnerIds: ["self"] });
  return Snapshots;
}

/** Resources that a failed or finished bake must not leave. */
export async function leftIn(site: BakingSite) {
  return {
    machines: (await machinesOf(site)).length,
    images: (await imagesOf(site)).length,
    snapshots: (await snapshotsOf(site)).length,
  };
}
