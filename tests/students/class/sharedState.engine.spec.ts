import { EC2 } from "@aws-sdk/client-ec2";
import { expect } from "chai";
import { spawnSync } from "node:child_process";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";

import { createPrerequisites } from "../../../localAws/prerequisites";
import { debugProviders, serveProviders, type ServedProviders } from "../../../localAws/providers/serve";
import { openClassPlace, type ClassPlace } from "../../support/classRun";
import { eventually } from "../../support/eventually";

const secret = "s3cret-never-to-be-seen";
const instructor = "999999999999";
const jobs = [1, 2, 3];
/** The students of one job share an account, as the providers of a job serve one account. */
const accountOf = (job: number) => String(job).repeat(12);
const idOf = (job: number, index: number) => `s${index}${job}`;
const idsOf = (job: number) => [1, 2, 3, 4].map((index) => idOf(job, index));
const holder = z.object({ pid: z.number() });
const lab = {
  hostedZones: [],
  roles: ["LabRole"],
  instanceProfiles: ["LabInstanceProfile"],
  keyPairs: ["vockey"],
};

// The emulator replaces AWS, S3 included. Each job has a folder of its own, as on a machine of its own.
describe("a class in a bucket that three jobs share", function () {
  this.timeout(1_800_000);
  let place: ClassPlace;
  let bucket: string;
  const providers = new Map<number, ServedProviders>();
  const machines: string[] = [];

  before(async () => {
    place = await openClassPlace({ real: true });
    for (const job of jobs) {
      const target = { endpoint: place.endpoint, region: "us-east-1", accountId: accountOf(job) };
      await createPrerequisites(target, lab);
      providers.set(job, await serveProviders(target));
      const keys = `aws_access_key_id=${accountOf(job)}\naws_secret_access_key=${secret}\n`;
      await writeFile(path.join(place.folder, `${job}.env`), keys);
    }
    const scope = `Credential=${instructor}/20261201/us-east-1/s3/aws4_request`;
    const created = await fetch(`${place.endpoint}/class-state`, {
      method: "PUT",
      headers: { authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=any` },
    });
    expect(created.status).to.equal(200);
    bucket = "s3://class-state/cloud?use_path_style=true";
    // A roster's every third student is in the same shard.
    const rows = [1, 2, 3, 4].flatMap((index) =>
      jobs.map((job) => `${idOf(job, index)},학생 ${index}${job},${place.folder}/${job}.env`),
    );
    await place.roster(["id,name,environmentFile", ...rows].join("\n"));
  });

  after(async () => {
    for (const served of providers.values()) served.close();
    for (const machine of machines) await rm(machine, { recursive: true, force: true });
    await place.close();
  });

  const machineOf = (name: string) => {
    const machine = path.join(path.dirname(place.folder), name);
    machines.push(machine);
    return machine;
  };
  const run = (job: number, machine: string, ...words: readonly string[]) =>
    place.run(
      words,
      {
        AWS_ACCESS_KEY_ID: instructor,
        AWS_SECRET_ACCESS_KEY: secret,
        AWS_REGION: "us-east-1",
        PULUMI_BACKEND_URL: bucket,
        PULUMI_DEBUG_PROVIDERS: debugProviders(providers.get(job)?.ports ?? {}),
      },
      machine,
    );
  const vpcsOf = async (job: number) => {
    const credentials = { accessKeyId: accountOf(job), secretAccessKey: secret };
    const ec2 = new EC2({ endpoint: place.endpoint, region: "us-east-1", credentials });
    const { Vpcs = [] } = await ec2.describeVpcs({ Filters: [{ Name: "tag-key", Values: ["Stack"] }] });
    return Vpcs;
  };
  const isLocked = async (machine: string, id: string) => {
    const names = await readdir(folderOf(machine, id)).catch((): string[] => []);
    return names.includes("up.log") ? true : undefined;
  };
  const folderOf = (machine: string, id: string) => path.join(machine, "students/class/aws", id);

  it("brings up its shards at once; a killed job is rerun on another machine", async () => {
    const [first, second, third] = jobs.map((job) => machineOf(`job${job}`));
    const up = (job: number, machine = "") =>
      run(job, machine, "up", "--shard", `${job}/3`, "--parallel", "1");
    const others = Promise.all([up(1, first), up(3, third)]);
    const killed = up(2, second);
    // Its first student is done, and the second one's stack is locked.
    const id = idOf(2, 2);
    await eventually("the second student of the second job", () => isLocked(second ?? "", id), 900);
    const lock = await readFile(path.join(folderOf(second ?? "", id), "lock.json"), "utf8");
    const { pid } = holder.parse(JSON.parse(lock));
    const job = Number(spawnSync("ps", ["-o", "ppid=", "-p", String(pid)], { encoding: "utf8" }).stdout);
    for (const each of [job, pid]) process.kill(each, "SIGKILL");
    expect((await killed).status).to.equal(null);

    const again = await up(2, machineOf("rerun"));
    expect(again.status, again.stderr).to.equal(0);
    for (const ended of await others) expect(ended.status, ended.stderr).to.equal(0);
    const vpcs = (await Promise.all(jobs.map(vpcsOf))).flat();
    const stacks = vpcs.map(({ Tags = [] }) => Tags.find(({ Key }) => Key === "Stack")?.Value ?? "");
    expect(stacks.sort()).to.deep.equal(jobs.flatMap(idsOf).sort());
    expect(new Set(vpcs.map(({ CidrBlock }) => CidrBlock))).to.have.property("size", 12);
  });

  it("is one class on any machine, after every folder is lost", async () => {
    for (const machine of machines) await rm(machine, { recursive: true, force: true });
    const asked = await run(1, machineOf("another"), "status");
    expect(asked.students, asked.stderr).to.have.length(12);
    for (const { id, state } of asked.students) expect(state, id).to.equal("up");
    const { students, stderr } = await run(1, machineOf("another"), "status", "--offline");
    expect(students, stderr).to.have.length(12);
    for (const { id, state, resources } of students) {
      expect(state, id).to.equal("up");
      expect(resources, id).to.be.greaterThan(60);
    }
  });

  it("refuses a run that has forgotten where the state is", async () => {
    const forgotten = await place.run(["status"], {}, machineOf("another"));
    expect(forgotten.status).to.equal(1);
    expect(forgotten.stderr).to.match(
      /is in s3:\/\/class-state\/cloud\/students\/class\/aws, and PULUMI_BACKEND_URL is not set/,
    );
  });

  it("is destroyed from any machine, and only the instructor's credentials reach the bucket", async () => {
    const down = await run(3, machineOf("last"), "down", "--only", idOf(3, 2), "--yes");
    expect(down.status, down.stderr).to.equal(0);
    expect(down.of(idOf(3, 2)).left).to.deep.equal([]);
    expect(await vpcsOf(3)).to.have.length(3);
    for (const machine of new Set(machines)) {
      const files = await readdir(machine, { recursive: true, withFileTypes: true }).catch(() => []);
      for (const { parentPath, name } of files.filter((entry) => entry.isFile())) {
        expect(await readFile(path.join(parentPath, name), "utf8"), name).to.not.include(secret);
      }
    }
  });
});
