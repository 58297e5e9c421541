import { expect } from "chai";

import { accountIdOf } from "../../../localAws/accounts";
import { openClassPlace, type ClassPlace } from "../../support/classRun";

const ids = Array.from({ length: 100 }, (_, index) => `s${String(index + 1).padStart(3, "0")}`);
/** Their servers are larger than the lab allows. */
const large = ["s003", "s041", "s077"];
/** Their credentials have expired. */
const expired = ["s008", "s042", "s090"];
/** The worker processes of these students are killed during the run. */
const killed = ["s010", "s050"];
const failing = [...large, ...expired, ...killed].sort();

const accountOf = (id: string) => accountIdOf(`class/${id}`);
const rosterOf = (oversized: readonly string[]) =>
  [
    "id,name,settings.fleet.instanceType",
    ...ids.map((id, index) => `${id},학생 ${index + 1},${oversized.includes(id) ? "t3.xlarge" : ""}`),
  ].join("\n");

describe("a class of a hundred", function () {
  this.timeout(3_600_000);
  let place: ClassPlace;

  before(async () => {
    place = await openClassPlace();
  });

  after(() => place.close());

  it("starts no student while the roster has mistakes, and lists them with their lines", async () => {
    await place.roster(`${rosterOf([])}\ns001,Twice,\nNo Id!,Nobody,\ns102,,\n`);
    const up = await place.run(["up"]);
    expect(up.status).to.equal(2);
    expect(up.stderr).to.match(/class\.csv:102: id: "s001" .*line 2 has it/);
    expect(up.stderr).to.match(/class\.csv:103: id: "No Id!"/);
    expect(up.stderr).to.match(/class\.csv:104: name: missing/);
    expect((await place.emulator.health()).accounts).to.deep.equal([]);
  });

  it("creates every stack except the failing ones, for every kind of failure", async () => {
    await place.roster(rosterOf(large));
    for (const id of expired) await place.emulator.markKey(accountOf(id), "expired");
    const run = place.run(["up"]);
    for (const id of killed) {
      await place.untilLogged(id, "up", "created aws:ec2/vpc:Vpc", 1_800);
      process.kill(await place.workerOf(id), "SIGKILL");
    }
    const up = await run;
    expect(up.status, up.stderr).to.equal(1);
    expect(up.students.flatMap(({ id, status }) => (status === "done" ? [] : [id]))).to.deep.equal(failing);
    for (const id of large) expect(up.of(id).reason, id).to.include("learner-lab/lab-instance-sizes");
    for (const id of expired) expect(up.of(id).reason, id).to.match(/^The credentials have expired\./);
    for (const id of killed) expect(up.of(id).reason, id).to.include("SIGKILL");
    const sites = up.students.flatMap(({ outputs }) => outputs["siteUrl"] ?? []);
    expect(new Set(sites)).to.have.property("size", ids.length - failing.length);
  });

  it("creates the failed students' stacks with one more run, after the fix", async () => {
    await place.roster(rosterOf([]));
    for (const id of expired) await place.emulator.markKey(accountOf(id), "valid");
    const again = await place.run(["up", "--only", failing.join()]);
    expect(again.status, again.stderr).to.equal(0);
    const { students } = await place.run(["status"]);
    expect(students.map(({ state }) => state)).to.deep.equal(ids.map(() => "up"));
  });

  it("leaves nothing after down, not even in the emulator's memory", async () => {
    const down = await place.run(["down"]);
    expect(down.status, down.stderr).to.equal(0);
    for (const { id, status, left } of down.students) {
      expect(status, id).to.equal("done");
      expect(left, id).to.deep.equal([]);
    }
    expect((await place.emulator.health()).accounts).to.deep.equal([]);
  });
});
