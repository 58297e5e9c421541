import { expect } from "chai";
import { readFile } from "node:fs/promises";

import { accountIdOf } from "../../localAws/accounts";
import { awsClients } from "../../localAws/providers/aws/clients";
import { openClassPlace, type ClassPlace } from "../support/classRun";

const accountOf = (id: string) => accountIdOf(`class/${id}`);

describe("a class in the emulator", function () {
  this.timeout(180_000);
  let place: ClassPlace;

  before(async () => {
    place = await openClassPlace();
    // Lee's servers are larger than the lab allows.
    await place.roster("id,name,settings.fleet.instanceType\nkim,김지훈,\nlee,Lee,t3.xlarge\npark,Park,\n");
  });

  after(() => place.close());

  it("creates every stack except the one that violates a policy, which gets no resources", async () => {
    const up = await place.run(["up"]);
    expect(up.status, up.stderr).to.equal(1);
    expect(up.students.map(({ id, status }) => `${id} ${status ?? ""}`)).to.deep.equal([
      "kim done",
      "lee failed",
      "park done",
    ]);
    expect(up.of("lee").reason).to.include("learner-lab/lab-instance-sizes");
    expect(up.of("lee").reason).to.include('instanceType is "t3.xlarge"').and.include("Fix: Use a smaller");
    // Lee has only the resources that a lab has from the start.
    const made = await place.emulator.resources(accountOf("lee"));
    expect(made.map(({ service, id }) => `${service} ${id}`)).to.have.members([
      "ec2 vockey",
      "iam LabInstanceProfile",
      "iam LabRole",
    ]);
  });

  it("gives each student a separate account, outputs and files", async () => {
    const stateOf = (id: string) =>
      readFile(place.fileOf(id, `state/.pulumi/stacks/wordpress/${id}.json`), "utf8");
    const [kim, park] = await Promise.all([stateOf("kim"), stateOf("park")]);
    expect(kim).to.include(accountOf("kim"));
    expect(kim).to.not.include(accountOf("park")).and.not.include("10.0.32.0/20");
    expect(park).to.include(accountOf("park")).and.include("10.0.32.0/20");
    expect(park).to.not.include(accountOf("kim")).and.not.include("10.0.0.0/20");
  });

  it("reports each stack's state, and leaves nothing after down", async () => {
    const { students } = await place.run(["status"]);
    expect(students.map(({ state }) => state)).to.deep.equal(["up", "up failed", "up"]);

    // A server that is not in Pulumi's state, and uses the student's network.
    const kim = awsClients({ endpoint: place.endpoint, region: "us-east-1", accountId: accountOf("kim") });
    const lambda = await kim.lambda();
    const { Functions = [] } = await lambda.listFunctions({});
    for (const { FunctionName } of Functions) {
      const { FunctionError } = await lambda.invoke({ FunctionName, Payload: Buffer.from("{}") });
      expect(FunctionError).to.equal(undefined);
    }
    const { Reservations } = await (
      await kim.ec2()
    ).describeInstances({ Filters: [{ Name: "tag-key", Values: ["launcher:owner"] }] });
    expect(Reservations).to.have.length(1);

    const down = await place.run(["down"]);
    expect(down.status, down.stderr).to.equal(0);
    expect(down.students.map(({ status }) => status)).to.deep.equal(["done", "nothing to do", "done"]);
    for (const id of ["kim", "park"]) {
      expect(down.of(id).left, id).to.deep.equal([]);
      expect(await place.emulator.resources(accountOf(id)), id).to.deep.equal([]);
    }
  });
});
