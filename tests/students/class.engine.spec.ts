import { expect } from "chai";
import { readFile, writeFile } from "node:fs/promises";
import { z } from "zod";

import { accountIdOf } from "../../localAws/accounts";
import { awsClients } from "../../localAws/providers/aws/clients";
import { rubric } from "../../students/rubric/rubric";
import { openClassPlace, type ClassPlace } from "../support/classRun";
import { startServer } from "./inventory/handmade";

const accountOf = (id: string) => accountIdOf(`class/${id}`);

const judged = z.object({
  students: z.array(
    z.object({
      id: z.string(),
      rules: z
        .array(
          z.object({
            rule: z.string(),
            outcome: z.string(),
            findings: z.array(z.object({ drifted: z.boolean() })),
          }),
        )
        .default([]),
    }),
  ),
});

const graded = z.object({
  students: z.array(
    z.object({
      id: z.string(),
      points: z.number(),
      notChecked: z.number(),
      exercises: z.array(z.object({ id: z.string(), state: z.string() })),
    }),
  ),
});

/** The violated rules of each student, in the output of `policy --json`. */
function notPassed(output: string): Readonly<Record<string, readonly string[]>> {
  const { students } = judged.parse(JSON.parse(output));
  return Object.fromEntries(
    students.map(({ id, rules }) => [
      id,
      rules
        .filter(({ outcome }) => outcome !== "passed" && outcome !== "not judged")
        .map(({ rule, outcome, findings }) => {
          const mark = findings.some(({ drifted }) => drifted) ? " (drift)" : "";
          return `${rule} ${outcome}${mark}`;
        }),
    ]),
  );
}

describe("a class in the emulator", () => {
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
    // Schedules fire.
    expect((await place.emulator.health()).clock).to.not.equal(null);
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

  it("judges the previews, the states and the accounts in one table, student by rule", async () => {
    const preview = await place.run(["policy"]);
    expect(preview.status, preview.stderr).to.equal(1);
    expect(notPassed(preview.stdout)).to.deep.equal({
      kim: [],
      lee: ["lab-instance-sizes violated"],
      park: [],
    });
    expect(preview.stdout).to.include('"setting": "settings.fleet.instanceType"');

    const file = place.fileOf("kim", "state/.pulumi/stacks/wordpress/kim.json");
    const before = await readFile(file, "utf8");
    await writeFile(file, before.replaceAll('"storageEncrypted":true', '"storageEncrypted":false'));
    const state = await place.run(["policy", "--state"]);
    await writeFile(file, before);
    expect(state.status, state.stderr).to.equal(1);
    expect(state.of("lee").status).to.equal("not up");
    expect(notPassed(state.stdout)).to.deep.equal({
      kim: ["encrypted-database violated"],
      lee: [],
      park: [],
    });
    expect(state.stdout).to.include('"file": "components/database/database.ts"');

    const park = awsClients({ endpoint: place.endpoint, region: "us-east-1", accountId: accountOf("park") });
    const ec2 = await park.ec2();
    const { Subnets = [] } = await ec2.describeSubnets({
      Filters: [{ Name: "tag:Student", Values: ["park"] }],
    });
    const inner = Subnets.find(({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch !== true);
    await ec2.modifySubnetAttribute({ SubnetId: inner?.SubnetId, MapPublicIpOnLaunch: { Value: true } });
    const live = await place.run(["policy", "--live"]);
    await ec2.modifySubnetAttribute({ SubnetId: inner?.SubnetId, MapPublicIpOnLaunch: { Value: false } });
    expect(live.status, live.stderr).to.equal(1);
    expect(notPassed(live.stdout)).to.deep.equal({
      kim: [],
      lee: [],
      park: ["no-public-subnet-default violated (drift)"],
    });
    expect(await readFile(file, "utf8")).to.equal(before);
    expect((await place.run(["policy", "--state"])).status).to.equal(0);
  });

  it("grades what each student's account does, and changes nothing", async () => {
    const before = await place.emulator.resources(accountOf("kim"));
    const grade = await place.run(["grade"]);
    expect(grade.status, grade.stderr).to.equal(0);
    const { students } = graded.parse(JSON.parse(grade.stdout));
    const idsOf = (id: string, state: string) =>
      (students.find((student) => student.id === id)?.exercises ?? [])
        .filter((exercise) => exercise.state === state)
        .map((exercise) => exercise.id);
    for (const id of ["kim", "park"]) {
      // A lab's servers install themselves by default, from Debian's AMI.
      expect(idsOf(id, "failed"), id).to.deep.equal(["own-ami"]);
      expect(idsOf(id, "passed"), id).to.deep.equal(
        rubric.filter(({ id: each, act }) => !act && each !== "own-ami").map((exercise) => exercise.id),
      );
    }
    expect(students.find(({ id }) => id === "lee")).to.deep.include({ points: 0 });
    expect(await place.emulator.resources(accountOf("kim"))).to.deep.equal(before);
    // The class keeps them: another job shows them without an account.
    const joined = await place.run(["grade", "--join"]);
    const points = ({ id, points: given, notChecked }: (typeof students)[number]) => [id, given, notChecked];
    expect(graded.parse(JSON.parse(joined.stdout)).students.map(points)).to.deep.equal(students.map(points));
    expect(joined.stdout).to.include('"gradedAt"');
  });

  it("reports each stack's state, and leaves nothing after down", async () => {
    const statesOf = async (...words: readonly string[]) =>
      (await place.run(["status", ...words])).students.map(({ state }) => state);
    expect(await statesOf()).to.deep.equal(["up", "up failed", "up"]);
    // By hand, so that only the account knows it.
    const { endpoint } = place;
    const park = awsClients({ endpoint, region: "us-east-1", accountId: accountOf("park") });
    const scaling = await park.autoScaling();
    const { AutoScalingGroups: [group] = [] } = await scaling.describeAutoScalingGroups({});
    await scaling.updateAutoScalingGroup({
      AutoScalingGroupName: group?.AutoScalingGroupName,
      MinSize: 0,
      DesiredCapacity: 0,
    });
    expect(await statesOf()).to.deep.equal(["up", "up failed", "paused"]);
    expect(await statesOf("--offline")).to.deep.equal(["up", "up failed", "up"]);

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

    // Servers and a volume made by hand: the stack's network cannot be deleted while a server uses it.
    const { Subnets } = await (
      await kim.ec2()
    ).describeSubnets({ Filters: [{ Name: "tag:Stack", Values: ["kim"] }] });
    await startServer(await kim.ec2(), Subnets?.[0]?.SubnetId ?? "");
    await (await kim.ec2()).createVolume({ AvailabilityZone: "us-east-1a", Size: 1 });

    const down = await place.run(["down", "--all"]);
    expect(down.status, down.stderr).to.equal(0);
    expect(down.students.map(({ status }) => status)).to.deep.equal(["done", "nothing to do", "done"]);
    for (const id of ["kim", "park"]) {
      expect(down.of(id).left, id).to.deep.equal([]);
      expect(await place.emulator.resources(accountOf(id)), id).to.deep.equal([]);
    }
  });
});
