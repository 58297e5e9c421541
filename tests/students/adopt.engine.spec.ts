import { expect } from "chai";
import { rename } from "node:fs/promises";
import path from "node:path";

import { accountIdOf } from "../../localAws/accounts";
import { openClassPlace, type ClassPlace } from "../support/classRun";

const account = accountIdOf("class/lee");

describe("a class whose folder is lost", function () {
  this.timeout(600_000);
  let place: ClassPlace;

  before(async () => {
    place = await openClassPlace();
    // Lee has the second address range, which an empty folder would give to another student.
    await place.roster("id,name\nkim,김지훈\nlee,Lee\n");
    const up = await place.run(["up", "--only", "lee"]);
    expect(up.status, up.stderr).to.equal(0);
    await place.roster("id,name\nlee,Lee\nkim,김지훈\n");
    const folder = path.join(place.folder, "students");
    await rename(folder, `${folder}-lost`);
  });

  after(() => place.close());

  it("is adopted by its tags, as it is in the account", async () => {
    expect((await place.run(["status", "--offline"])).of("lee").state).to.equal("not up");
    const before = await place.emulator.resources(account);
    const adopted = await place.run(["adopt"]);
    expect(adopted.status, adopted.stderr).to.equal(0);
    expect(adopted.of("lee").resources).to.be.greaterThan(60);
    expect(adopted.of("kim").notes.join()).to.include("nothing to adopt");
    expect(await place.emulator.resources(account)).to.deep.equal(before);
  });

  it("has the same stack as before: up changes nothing, and down leaves nothing", async () => {
    const up = await place.run(["up", "--only", "lee"]);
    expect(up.status, up.stderr).to.equal(0);
    expect(JSON.parse(up.stdout)).to.have.nested.property("students[0].changes").that.deep.equals({});
    const down = await place.run(["down"]);
    expect(down.status, down.stderr).to.equal(0);
    expect(down.of("lee").left).to.deep.equal([]);
    expect(await place.emulator.resources(account)).to.deep.equal([]);
  });
});
