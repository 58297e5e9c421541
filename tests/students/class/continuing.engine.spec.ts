import { expect } from "chai";

import { accountIdOf } from "../../../localAws/accounts";
import { awsClients } from "../../../localAws/providers/aws/clients";
import { openClassPlace, type ClassPlace } from "../../support/classRun";

const accountOf = (id: string) => accountIdOf(`class/${id}`);

describe("a paused or interrupted class", () => {
  let place: ClassPlace;

  before(async () => {
    place = await openClassPlace();
    await place.roster("id,name\nkim,김지훈\nlee,Lee\n");
    const up = await place.run(["up", "--only", "kim"]);
    expect(up.status, up.stderr).to.equal(0);
  });

  after(() => place.close());

  const databasesOf = async (id: string) => {
    const target = { endpoint: place.endpoint, region: "us-east-1", accountId: accountOf(id) };
    const rds = await awsClients(target).rds();
    return (await rds.describeDBInstances({})).DBInstances ?? [];
  };

  it("pauses with stopped databases, and resumes unchanged", async () => {
    const [before] = await databasesOf("kim");
    const paused = await place.run(["pause", "--only", "kim"]);
    expect(paused.status, paused.stderr).to.equal(0);
    expect(paused.of("kim").notes.join()).to.match(/after 7 days/);
    expect((await databasesOf("kim"))[0]?.DBInstanceStatus).to.equal("stopped");
    expect((await place.run(["status"])).of("kim").state).to.equal("paused");

    const resumed = await place.run(["resume", "--only", "kim"]);
    expect(resumed.status, resumed.stderr).to.equal(0);
    const [after] = await databasesOf("kim");
    expect(after?.DBInstanceStatus).to.equal("available");
    expect(after?.DbiResourceId).to.equal(before?.DbiResourceId);
  });

  it("resumes after a killed worker, and does not affect the other students", async () => {
    const others = await place.emulator.resources(accountOf("kim"));
    const run = place.run(["up", "--only", "lee"]);
    await place.untilLogged("lee", "up", "created aws:ec2/vpc:Vpc");
    process.kill(await place.workerOf("lee"), "SIGKILL");
    const killed = await run;
    expect(killed.status).to.equal(1);
    expect(killed.of("lee").reason).to.match(/SIGKILL/);
    expect((await place.run(["status"])).of("lee").state).to.equal("interrupted, or still running");

    const again = await place.run(["up", "--only", "lee"]);
    expect(again.status, again.stderr).to.equal(0);
    expect(await place.emulator.resources(accountOf("kim"))).to.deep.equal(others);
  });

  it("leaves nothing after down", async () => {
    const down = await place.run(["down"]);
    expect(down.status, down.stderr).to.equal(0);
    for (const { id, left } of down.students) {
      expect(left, id).to.deep.equal([]);
      expect(await place.emulator.resources(accountOf(id)), id).to.deep.equal([]);
    }
  });
});
