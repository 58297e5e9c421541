import { expect } from "chai";
import { z } from "zod";

import { accountIdOf } from "../../../localAws/accounts";
import { accountClients, type AccountClients } from "../../../students/account/clients";
import { emulatorLimits, makePace } from "../../../students/account/pace";
import { inventoryOf } from "../../../students/inventory/inventory";
import { openClassPlace, type ClassPlace } from "../../support/classRun";
import { makeByHand } from "../inventory/handmade";

const factsSchema = z.object({
  handmade: z.record(
    z.string(),
    z.object({
      handmade: z.array(
        z.object({
          kind: z.string(),
          id: z.string(),
          state: z.string(),
          dollarsPerDay: z.number().optional(),
        }),
      ),
    }),
  ),
});

describe("students down, beside the stacks", function () {
  this.timeout(180_000);
  let place: ClassPlace;
  let kim: AccountClients;

  before(async () => {
    place = await openClassPlace();
    await place.roster("id,name\nkim,김지훈\nlee,Lee\n");
    kim = accountClients(
      {
        region: "us-east-1",
        endpoint: place.endpoint,
        credentials: { accessKeyId: accountIdOf("class/kim"), secretAccessKey: "any" },
      },
      { pace: makePace(emulatorLimits), remembers: false, stop: undefined },
    );
    await makeByHand(kim);
    // The lab has this key pair from the start.
    await (await kim.ec2()).createKeyPair({ KeyName: "vockey" });
  });

  after(() => place.close());

  const down = async (...options: readonly string[]) => {
    const ended = await place.run(["down", ...options]);
    const { handmade } = factsSchema.parse(JSON.parse(ended.stdout));
    return { ...ended, kim: handmade["kim"]?.handmade ?? [], lee: handmade["lee"]?.handmade ?? [] };
  };

  it("lists what was made by hand with its price, and keeps it without --all and without a terminal", async () => {
    const before = await inventoryOf(kim);
    const ended = await down();
    expect(ended.status, ended.stderr).to.equal(0);
    expect(new Set(ended.kim.map(({ state }) => state))).to.deep.equal(new Set(["kept"]));
    expect(ended.kim.map(({ kind }) => kind)).to.include.members([
      "server",
      "NAT gateway",
      "database",
      "key pair",
    ]);
    expect(ended.kim.find(({ kind }) => kind === "NAT gateway")?.dollarsPerDay).to.be.closeTo(
      24 * 0.045,
      1e-9,
    );
    expect(ended.kim.map(({ id }) => id)).not.to.include("vockey");
    expect(ended.lee).to.deep.equal([]);
    expect((await inventoryOf(kim)).resources).to.deep.equal(before.resources);
  });

  it("removes only what AWS allows, and reports why the rest stays", async () => {
    const rds = await kim.rds();
    await rds.modifyDBInstance({ DBInstanceIdentifier: "my-database", DeletionProtection: true });
    const ended = await down("--all");
    expect(ended.status).to.equal(1);
    expect(
      ended.kim.filter(({ state }) => state !== "removed").map(({ id, state }) => [id, state]),
    ).to.deep.equal([["my-database", "refused"]]);
    expect(ended.stdout).to.include("deletion protection");
    await rds.modifyDBInstance({ DBInstanceIdentifier: "my-database", DeletionProtection: false });
  });

  it("leaves nothing but the lab's own parts", async () => {
    const ended = await down("--all");
    expect(ended.status, ended.stderr).to.equal(0);
    expect((await inventoryOf(kim)).resources.map(({ id }) => id)).to.deep.equal(["vockey"]);
  });
});
