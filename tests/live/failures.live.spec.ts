import { expect } from "chai";
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { z } from "../../cli/json";
import { emulatorFolder } from "../../engine/folders";
import { liveStatus } from "../../localAws/live";
import { namePrefix } from "../../localAws/live/host/layout";
import { identities } from "../localAws/live/support/identity";
import { boxProcesses, runs } from "../localAws/live/support/processes";
import { tracesOf } from "../localAws/live/support/traces";
import { visitAsAuthor, type AuthorsVisit } from "./support/author";
import { keepingTwoServers, openLiveStack, within, type LiveStack } from "./support/liveStack";
import { ofGroup, servers } from "./support/servers";
import { digestFrom } from "./support/visitor";

/** The shortest `healthCheckGraceSeconds` of servers from a golden image. */
const graceSeconds = 180;
/** A visit that meets a server at the last moment also waits. */
const spareSeconds = 5;

const groupSchema = z.object({
  HealthCheckIntervalSeconds: z.number(),
  HealthCheckTimeoutSeconds: z.number(),
  UnhealthyThresholdCount: z.number(),
});

/** What fails on AWS, and what fails on this machine: servers, database, passwords, and the processes behind them. */
describe("failures of a live stack, which an ordinary user runs", function () {
  this.timeout(500_000);
  let stack: LiveStack;
  let visit: AuthorsVisit;

  before(async () => {
    const identity = identities().at(-1);
    if (identity === undefined) throw new Error("The tests run as no user.");
    stack = await openLiveStack({
      identity,
      change: keepingTwoServers(`healthCheckGraceSeconds: ${graceSeconds}`),
    });
  });
  after(() => stack.close());

  const folder = (): string => emulatorFolder(stack.run.folders);
  /** The status of a page that no cache has: it needs the database. */
  const uncached = async (): Promise<number> =>
    (await stack.visit(`/?nothing=${performance.now()}`).catch(() => ({ status: 0 }))).status;
  const untilServed = (seconds: number) =>
    within(seconds, "a page of the site", async () => ((await uncached()) === 200 ? true : undefined));
  const expectTheAuthorsWork = async (): Promise<void> => {
    for (const url of [visit.post, visit.picture.url]) {
      const here = new URL(new URL(url).pathname + new URL(url).search, stack.site);
      expect((await fetch(here)).status, here.href).to.equal(200);
    }
  };

  it("an author writes on the site in a browser: no request leaves this machine, and no address stays", async () => {
    const { SecretString } = await stack.aws(
      z.object({ SecretString: z.string() }),
      ...["secretsmanager", "get-secret-value", "--secret-id", stack.output("adminSecretArn")],
    );
    const login = z.object({ username: z.string(), password: z.string() }).parse(JSON.parse(SecretString));
    visit = await visitAsAuthor(stack.site, login);
    expect(visit.faults).to.deep.equal([]);
    expect(visit.post.startsWith(`${stack.site}/`), visit.post).to.equal(true);
    expect(visit.picture.url.startsWith(`${stack.site}/wp-content/uploads/`), visit.picture.url).to.equal(
      true,
    );
    expect(visit.picture.width).to.be.greaterThan(0);
    expect(visit.title).to.include("A customized title");
    // WordPress keeps its own address, not the one of this browser: another name of the same address appears.
    const other = stack.site.replace("127.0.0.1", "localhost");
    const answer = await fetch(visit.post.replace(stack.site, other));
    expect(await answer.text()).to.include(visit.picture.url.replace(stack.site, other));
  });

  it("the author's picture of more than 1 MB is on both servers, byte for byte, and comes through the door", async () => {
    const { uploaded, url } = visit.picture;
    expect(uploaded.length).to.be.greaterThan(1_000_000);
    const sha256 = createHash("sha256").update(uploaded).digest("hex");
    const answer = await fetch(url);
    expect(answer.headers.get("content-type")).to.equal("image/png");
    const received = Buffer.from(await answer.arrayBuffer());
    expect(createHash("sha256").update(received).digest("hex")).to.equal(sha256);
    const { value: ids } = await stack.untilHealthy(2, 60);
    for (const id of ids) {
      expect(await digestFrom(folder(), stack.control, id, new URL(url).pathname), id).to.equal(sha256);
    }
  });

  it("row 12: without its database the site fails and no server is replaced; it serves again afterwards", async () => {
    const before = [...(await stack.healthy())].sort();
    const identifiers = await stack.aws(
      z.array(z.string()),
      ...["rds", "describe-db-instances", "--query", "DBInstances[].DBInstanceIdentifier"],
    );
    await stack.control.post(`/databases/${identifiers[0] ?? ""}/cut`, undefined, z.unknown());
    await within(60, "an error of the site", async () => ((await uncached()) === 200 ? undefined : true));
    // Longer than the two health checks after which a server would count as unhealthy.
    await sleep(15_000);
    expect([...(await stack.healthy())].sort()).to.deep.equal(before);
    await stack.control.post(`/databases/${identifiers[0] ?? ""}/restore`, undefined, z.unknown());
    await untilServed(60);
  });

  it("row 12: the site follows the rotation of the database's password", async () => {
    const secrets = await stack.aws(
      z.array(z.string()),
      ...["rds", "describe-db-instances", "--query", "DBInstances[].MasterUserSecret.SecretArn"],
    );
    const secret = ["--secret-id", secrets[0] ?? ""];
    const password = async (): Promise<string> =>
      (
        await stack.aws(
          z.object({ SecretString: z.string() }),
          ...["secretsmanager", "get-secret-value", ...secret],
        )
      ).SecretString;
    const old = await password();
    await stack.change("secretsmanager", "rotate-secret", ...secret);
    await within(60, "another password", async () => ((await password()) === old ? undefined : true));
    // Both servers have it. The servers' proof shows that no page fails meanwhile; here five stacks share the processors.
    await within(90, "four pages in a row", async () => {
      for (let visits = 0; visits < 4; visits += 1) if ((await uncached()) !== 200) return undefined;
      return true;
    });
  });

  it("a server whose power is cut is replaced within 60 s, and visitors see errors only for the health check's time", async () => {
    const [victim] = await servers(stack);
    if (victim === undefined) throw new Error("The group has no server.");
    // Auto Scaling replaces no server in its grace period.
    const graceEnds = Date.parse(victim.LaunchTime) + (graceSeconds + 20) * 1000;
    await sleep(Math.max(0, graceEnds - Date.now()));
    await stack.untilHealthy(2, 60);
    const before = await stack.healthy();
    const started = performance.now();
    const killed = Date.now();
    await stack.local("kill", victim.InstanceId);
    let lastError = started;
    const { seconds, value: serving } = await within(60, "a replacement that serves", async () => {
      const asked = performance.now();
      if ((await uncached()) !== 200) lastError = asked;
      const ids = await stack.healthy();
      const isReplaced = ids.some((id) => !before.includes(id));
      return isReplaced && !ids.includes(victim.InstanceId) ? ids : undefined;
    });
    const replacement = (await servers(stack)).find(({ InstanceId }) => !before.includes(InstanceId));
    expect(serving).to.include(replacement?.InstanceId);
    // The server did not start for another reason before.
    expect(Date.parse(replacement?.LaunchTime ?? "")).to.be.greaterThan(killed - 1_000);
    const errors = (lastError - started) / 1000;
    console.log(`      replaced after ${seconds.toFixed(0)} s, last error after ${errors.toFixed(0)} s`);
    const [check] = await stack.aws(
      z.array(groupSchema),
      ...["elbv2", "describe-target-groups", "--query", "TargetGroups[]"],
    );
    if (check === undefined) throw new Error("The stack has no target group.");
    const { HealthCheckIntervalSeconds, HealthCheckTimeoutSeconds, UnhealthyThresholdCount } = check;
    expect(errors).to.be.lessThan(
      UnhealthyThresholdCount * HealthCheckIntervalSeconds + HealthCheckTimeoutSeconds + spareSeconds,
    );
    const causes = await stack.aws(
      z.array(z.string()),
      ...["autoscaling", "describe-scaling-activities", ...ofGroup(stack), "--query", "Activities[].Cause"],
    );
    expect(causes.join("\n")).to.include("taken out of service in response to");
  });

  it("kill -9 of the region's program: machines and database run again by themselves, and nothing is lost", async () => {
    const { region } = boxProcesses(folder());
    process.kill(region, "SIGKILL");
    await within(60, "the end of the program", () => Promise.resolve(runs(region) ? undefined : true));
    await untilServed(90);
    await stack.untilHealthy(2, 90);
    await expectTheAuthorsWork();
  });

  it("kill -9 of the process around the box: everything in it ends, and the next up starts it again", async () => {
    const processes = Object.values(boxProcesses(folder()));
    process.kill(boxProcesses(folder()).host, "SIGKILL");
    await within(30, "the end of the box", () => Promise.resolve(processes.some(runs) ? undefined : true));
    expect(tracesOf(namePrefix(folder())).cgroups).to.deep.equal([]);
    const { status, stderr } = await stack.up();
    expect(status, stderr).to.equal(0);
    await untilServed(90);
    await stack.untilHealthy(2, 90);
    await expectTheAuthorsWork();
  });

  it("kill -9 of the emulator: everything ends, and nothing is left", async () => {
    process.kill(await stack.run.emulatorPid(), "SIGKILL");
    await within(60, "the end of the region", () =>
      Promise.resolve(liveStatus(folder()).running ? undefined : true),
    );
    await within(10, "the end of all processes", () => {
      const { processes, cgroups, sockets } = tracesOf(namePrefix(folder()));
      return Promise.resolve([...processes, ...cgroups, ...sockets].length === 0 ? true : undefined);
    });
  });
});
