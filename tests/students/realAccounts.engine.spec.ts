import { expect } from "chai";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { openClassPlace, type ClassPlace } from "../support/classRun";

const secret = "s3cret-never-to-be-seen";

describe("a class in accounts of its own", function () {
  this.timeout(300_000);
  let place: ClassPlace;

  before(async () => {
    place = await openClassPlace({ real: true });
    const file = path.join(place.folder, "kim.env");
    await writeFile(file, `AWS_ACCESS_KEY_ID=111111111111\nAWS_SECRET_ACCESS_KEY=${secret}\n`);
    await place.roster(
      `id,name,account,environmentFile\nkim,Kim,222222222222,${file}\nlee,Lee,,${place.folder}/missing.env\n`,
    );
  });

  after(() => place.close());

  it("is told all that is in the way of each before anything is made, and no credentials are written", async () => {
    const up = await place.run(["up"]);
    expect(up.status, up.told).to.equal(1);
    expect(up.of("lee").reason).to.match(/There is no file .*missing\.env with credentials/);
    expect(up.of("kim").reason).to.include(
      "The credentials are for the account 111111111111; the roster says 222222222222.",
    );
    expect(up.of("kim").reason).to.include("The account has no role LabRole.");
    expect(await place.emulator.resources("111111111111")).to.deep.equal([]);

    const students = path.join(place.folder, "students");
    const files = (await readdir(students, { recursive: true, withFileTypes: true })).filter((entry) =>
      entry.isFile(),
    );
    expect(files).to.not.deep.equal([]);
    for (const { parentPath, name } of files) {
      expect(await readFile(path.join(parentPath, name), "utf8"), name).to.not.include(secret);
    }
    expect(up.told).to.not.include(secret);
  });
});
