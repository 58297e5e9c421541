import { expect } from "chai";

import { inventoryOf, type Inventory } from "../../../students/inventory/inventory";
import { attribute } from "../../../students/inventory/origin";
import { costSoFar } from "../../../students/inventory/spending";
import { others } from "../../../students/inventory/types/others";
import { useEmulator } from "../../support/emulator";
import { clientsIn, makeByHand, type Handmade } from "./handmade";

describe("the inventory of an account", () => {
  const emulator = useEmulator();
  let empty: Inventory;
  let inventory: Inventory;
  let made: Handmade;
  let accountId: string;

  before(async () => {
    accountId = emulator.newAccountId();
    const clients = clientsIn(emulator, accountId);
    empty = await inventoryOf(clients);
    made = await makeByHand(clients);
    inventory = await inventoryOf(clients);
  });

  const priceOf = (kind: string) =>
    inventory.resources
      .filter((resource) => resource.kind === kind)
      .map(({ dollarsPerHour }) => dollarsPerHour);

  it("is empty for a new account", () => {
    expect(empty).to.deep.include({ resources: [], unseen: [], past: [] });
  });

  it("lists everything that a student made by hand, in the order of removal", () => {
    expect(inventory.unseen).to.deep.equal([]);
    expect(inventory.resources.map(({ kind }) => kind)).to.deep.equal([
      "server",
      "load balancer",
      "classic load balancer",
      "NAT gateway",
      "VPN connection",
      "database",
      "database cluster",
      "file system",
      "network interface",
      "address",
      "image",
      "snapshot",
      "volume",
      "volume",
      "database snapshot",
      "secret",
      "hosted zone",
      "bucket",
      "key",
      "log group",
      "key pair",
    ]);
    const ids = inventory.resources.map(({ id }) => id);
    expect(ids).to.include.members([made.serverId, made.imageId, made.volumeId, made.addressId]);
    expect(ids).to.include.members([made.gatewayId, made.balancerArn, made.fileSystemId, "my-database"]);
  });

  it("has the prices of the stack's own table", () => {
    expect(priceOf("server")).to.deep.equal([0.0104]);
    expect(priceOf("NAT gateway")).to.deep.equal([0.045]);
    expect(priceOf("address")).to.deep.equal([0.005]);
    expect(priceOf("load balancer")[0]).to.be.closeTo(0.0325, 1e-9);
    // db.t3.micro and 20 GiB of gp2.
    expect(priceOf("database")[0]).to.be.closeTo(0.017 + (20 * 0.115) / 730, 1e-9);
    expect(priceOf("volume")).to.include((100 * 0.08) / 730);
    expect(priceOf("VPN connection")).to.deep.equal([0.05]);
    expect(priceOf("hosted zone")).to.deep.equal([0.5 / 730]);
    expect(priceOf("key")).to.deep.equal([1 / 730]);
    // It keeps its subnet; what a bucket or a cluster stores is not listed.
    expect(priceOf("network interface")).to.deep.equal([0]);
    expect([...priceOf("bucket"), ...priceOf("database cluster")]).to.deep.equal([undefined, undefined]);
  });

  it("costs by the age of each resource", () => {
    const tenHoursLater = new Date(Date.now() + 10 * 3_600_000);
    const perHour = costSoFar(inventory.resources, tenHoursLater).dollarsPerHour;
    expect(costSoFar(inventory.resources, inventory.at).dollars).to.be.below(0.001 * perHour * 3_600);
    // AWS does not report the age of an address, a VPN connection and a hosted zone, so their cost is not counted.
    const ageless = 0.005 + 0.05 + 0.5 / 730;
    expect(costSoFar(inventory.resources, tenHoursLater).dollars).to.be.closeTo(
      10 * (perHour - ageless),
      0.01,
    );
  });

  it("finds resources of other services by their tags, with an unknown cost", async () => {
    const elsewhere = clientsIn(emulator, emulator.newAccountId());
    const tagging = await elsewhere.tagging();
    const arn = "arn:aws:elasticache:us-east-1:111111111111:cluster:mine";
    const listed = await others.list({
      ...elsewhere,
      tagging: () =>
        Promise.resolve(
          Object.assign(tagging, {
            paginateGetResources: async function* () {
              yield await Promise.resolve({
                $metadata: {},
                ResourceTagMappingList: [
                  { ResourceARN: arn, Tags: [{ Key: "Student", Value: "kim" }] },
                  { ResourceARN: "arn:aws:ec2:us-east-1:111111111111:vpc/vpc-1" },
                ],
              });
            },
          }),
        ),
    });
    expect(listed).to.have.length(1);
    expect(listed[0]).to.deep.include({ id: arn, detail: "elasticache", tags: { Student: "kim" } });
    expect(listed[0]?.dollarsPerHour).to.equal(undefined);
    const refusal: unknown = await others.remove(elsewhere, arn).catch((error: unknown) => error);
    expect(String(refusal)).to.include("does not remove resources of elasticache");
  });

  it("attributes all of it to the only student of the account", () => {
    const origins = attribute(inventory, { id: "kim", sharesAccount: false, ownKeyPairs: ["my-key"] });
    expect(
      origins.filter(({ origin }) => origin !== "hand").map(({ resource }) => resource.id),
    ).to.deep.equal(["my-key"]);
  });

  it("lists the same account in the same order", async () => {
    const again = await inventoryOf(clientsIn(emulator, accountId), inventory.at);
    expect(again).to.deep.equal(inventory);
  });
});
