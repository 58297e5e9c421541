import { expect } from "chai";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { Failure } from "../../../cli/failure";
import { z } from "../../../cli/json";
import { quietSteps } from "../../../cli/steps";
import { classFolder, type ClassFolder } from "../../../students/classFolder";
import { mergeNote, readNote } from "../../../students/state/notes";
import { openClassState } from "../../../students/state/openState";
import { refuseLoneShard } from "../../../students/state/refusals";

const variable = "PULUMI_BACKEND_URL";
const ids = ["kim", "lee"];

describe("a class's state that earlier runs had elsewhere", function () {
  this.timeout(120_000);
  let home: string;
  let place: ClassFolder;
  const before = process.env[variable];

  beforeEach(async () => {
    home = await mkdtemp(path.join(tmpdir(), "refusals-"));
    place = classFolder(path.join(home, "local"), "class.csv", "aws");
  });
  afterEach(async () => {
    if (before === undefined) delete process.env["PULUMI_BACKEND_URL"];
    else process.env[variable] = before;
    await rm(home, { recursive: true });
  });

  const open = async (url: string, command: "up" | "adopt" = "up") => {
    process.env[variable] = url;
    return await openClassState(place, quietSteps, { command, ids });
  };
  const refusal = async (work: Promise<unknown>): Promise<string> => {
    const error: unknown = await work.then(
      () => expect.fail("it was not refused"),
      (thrown: unknown) => thrown,
    );
    return error instanceof Failure ? error.message : expect.fail(String(error));
  };
  /** A stack with one resource, as an `up` without a shared state leaves it. */
  const leaveStack = async (id: string) => {
    const folder = path.join(place.ofStudent(id), "state", ".pulumi", "stacks", "wordpress");
    await mkdir(folder, { recursive: true });
    const resources = [
      { urn: `urn:pulumi:${id}::wordpress::pulumi:pulumi:Stack::s`, type: "t", custom: false },
    ];
    const checkpoint = { stack: `organization/wordpress/${id}`, latest: { resources } };
    await writeFile(path.join(folder, `${id}.json`), JSON.stringify({ version: 3, checkpoint }));
  };

  it("is refused beside a folder with stacks, but for adopt, which moves them", async () => {
    await leaveStack("kim");
    const url = `file://${path.join(home, "shared")}`;
    const text = await refusal(open(url));
    expect(text).to.include("lacks: kim.").and.include("npm run students -- adopt ROSTER");
    // A refused run leaves no note of the shared state: without the variable the folder works as before.
    expect((await open("")).url).to.equal(undefined);
    expect((await open(url, "adopt")).url).to.include(path.join(home, "shared"));
  });

  it("is refused in another backend than before", async () => {
    await open(`file://${path.join(home, "one")}`);
    const text = await refusal(open(`file://${path.join(home, "two")}`));
    expect(text)
      .to.include(`${path.join(home, "one")}/students/class/aws`)
      .and.include("backend.txt");
    expect(await refusal(open(""))).to.include("PULUMI_BACKEND_URL is not set");
    expect((await open(`file://${path.join(home, "one")}`)).url).to.include("/one/");
  });

  it("joins what two machines keep: each finds the other's part", async () => {
    const url = `file://${path.join(home, "shared")}`;
    const note = { name: "grades", schema: z.number(), loss: "nothing" } as const;
    const one = await open(url);
    place = classFolder(path.join(home, "another machine"), "class.csv", "aws");
    const other = await open(url);
    expect((await readNote(other, note)).size).to.equal(0);
    const add = (state: typeof one, id: string, points: number) =>
      mergeNote(state, note, (kept) => new Map([...kept, [id, points]]));
    await Promise.all([add(one, "kim", 90), add(other, "lee", 80)]);
    for (const state of [one, other]) {
      expect(Object.fromEntries(await readNote(state, note))).to.deep.equal({ kim: 90, lee: 80 });
    }
  });

  it("is opened beside an empty folder", async () => {
    expect((await open(`file://${path.join(home, "shared")}`)).url).to.include("/shared/");
  });
});

describe("a shard", () => {
  const shard = { index: 2, of: 5 };
  it("of real accounts needs a state that all machines reach", () => {
    expect(() => {
      refuseLoneShard(shard, false, undefined);
    })
      .to.throw(Failure, "--shard 2/5 splits the class")
      .with.property("remedy")
      .that.includes("PULUMI_BACKEND_URL");
  });
  it("is taken with a shared state, and in the emulator", () => {
    refuseLoneShard(shard, false, "s3://bucket");
    refuseLoneShard(shard, true, undefined);
    refuseLoneShard(undefined, false, undefined);
  });
});
