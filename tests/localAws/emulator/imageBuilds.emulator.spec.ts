import { expect } from "chai";
import { gzipSync } from "node:zlib";

import { useEmulator } from "../../support/emulator";
import { eventually } from "../../support/eventually";
import { clientsOf, makeNetwork, present } from "./fleet";

const debian = "ami-0deb13a0d64000001";

/** User data as the fleet's program renders it, but without the files. */
const running = (command: string) => gzipSync(`#!/bin/sh\n${command}\n`).toString("base64");
const builds = running("exec /usr/local/sbin/wordpress-server build-image");

describe("the builder of an image in the emulator", () => {
  const emulator = useEmulator();

  /** An account with a subnet that has an egress route. */
  async function newPlace() {
    const clients = clientsOf(emulator.clientConfig(emulator.newAccountId()));
    const { ec2 } = clients;
    const { vpcId, subnetIds, groupId } = await makeNetwork(clients);
    const { InternetGateway } = await ec2.createInternetGateway({});
    const GatewayId = present(InternetGateway?.InternetGatewayId);
    await ec2.attachInternetGateway({ InternetGatewayId: GatewayId, VpcId: vpcId });
    const { RouteTables } = await ec2.describeRouteTables({ Filters: [{ Name: "vpc-id", Values: [vpcId] }] });
    const RouteTableId = present(RouteTables?.[0]?.RouteTableId);
    await ec2.createRoute({ RouteTableId, DestinationCidrBlock: "0.0.0.0/0", GatewayId });
    return { ec2, vpcId, subnetId: subnetIds[0], groupId, RouteTableId };
  }

  type Place = Awaited<ReturnType<typeof newPlace>>;

  async function start({ ec2, subnetId, groupId }: Place, UserData: string, AssociatePublicIpAddress = true) {
    const { Instances } = await ec2.runInstances({
      ImageId: debian,
      InstanceType: "t3.micro",
      MinCount: 1,
      MaxCount: 1,
      UserData,
      NetworkInterfaces: [
        { DeviceIndex: 0, SubnetId: subnetId, Groups: [groupId], AssociatePublicIpAddress },
      ],
    });
    return present(Instances?.[0]?.InstanceId);
  }

  async function machine({ ec2 }: Place, id: string) {
    const { Reservations } = await ec2.describeInstances({ InstanceIds: [id] });
    return present(Reservations?.[0]?.Instances?.[0]);
  }

  async function consoleOf({ ec2 }: Place, InstanceId: string) {
    const { Output = "" } = await ec2.getConsoleOutput({ InstanceId, Latest: true });
    return Buffer.from(Output, "base64").toString();
  }

  const stopped = (place: Place, id: string) =>
    eventually("a machine that has powered off", async () => {
      const { State, StateReason } = await machine(place, id);
      return State?.Name === "stopped" ? StateReason : undefined;
    });
  const failed = (place: Place, id: string) =>
    eventually("a build that has failed", async () =>
      (await consoleOf(place, id)).includes("FATAL: no package list") ? true : undefined,
    );

  it("prints its steps on the console, and powers off", async () => {
    const place = await newPlace();
    const id = await start(place, builds);
    expect((await stopped(place, id)).Code).to.equal("Client.InstanceInitiatedShutdown");
    expect(await consoleOf(place, id))
      .to.include("wordpress-server bake: start")
      .and.include("wordpress-server build-image: the image is ready; powering off");
  });

  it("prints a FATAL line and stays on without an egress route to the mirror", async () => {
    const withoutAddress = await newPlace();
    const withoutRoute = await newPlace();
    await withoutRoute.ec2.deleteRoute({
      RouteTableId: withoutRoute.RouteTableId,
      DestinationCidrBlock: "0.0.0.0/0",
    });
    const withoutRule = await newPlace();
    await withoutRule.ec2.revokeSecurityGroupEgress({
      GroupId: withoutRule.groupId,
      IpPermissions: [{ IpProtocol: "-1", IpRanges: [{ CidrIp: "0.0.0.0/0" }] }],
    });
    const behindAcl = await newPlace();
    await denyHttpOut(behindAcl);

    for (const [place, address] of [
      [withoutAddress, false],
      [withoutRoute, true],
      [withoutRule, true],
      [behindAcl, true],
    ] as const) {
      const id = await start(place, builds, address);
      await failed(place, id);
      expect((await machine(place, id)).State?.Name).to.equal("running");
    }
  });

  async function denyHttpOut({ ec2, subnetId }: Place) {
    const { NetworkAcls } = await ec2.describeNetworkAcls({
      Filters: [{ Name: "association.subnet-id", Values: [subnetId] }],
    });
    await ec2.createNetworkAclEntry({
      NetworkAclId: present(NetworkAcls?.[0]?.NetworkAclId),
      RuleNumber: 50,
      Protocol: "6",
      RuleAction: "deny",
      Egress: true,
      CidrBlock: "0.0.0.0/0",
      PortRange: { From: 80, To: 80 },
    });
  }

  it("does not continue after a user stopped it", async () => {
    const place = await newPlace();
    const id = await start(place, builds);
    await place.ec2.stopInstances({ InstanceIds: [id] });
    const other = await start(place, builds);
    await stopped(place, other);
    expect((await machine(place, id)).StateReason?.Code).to.equal("Client.UserInitiatedShutdown");
    expect(await consoleOf(place, id)).not.to.include("powering off");
  });

  it("is not an instance with other user data", async () => {
    const place = await newPlace();
    const builder = await start(place, builds);
    const server = await start(place, running("exec /usr/local/sbin/wordpress-server boot"));
    const plain = await start(place, Buffer.from("#!/bin/sh\npoweroff\n").toString("base64"));
    await stopped(place, builder);
    for (const id of [server, plain]) expect((await machine(place, id)).State?.Name).to.equal("running");
  });
});
