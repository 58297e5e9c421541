import { expect } from "chai";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

import { z } from "../../cli/json";
import { emulatorFolder } from "../../engine/folders";
import { identities } from "../localAws/live/support/identity";
import { openLiveStack, within, type LiveStack } from "./support/liveStack";
import { instances, servers } from "./support/servers";
import { curl } from "./support/visitor";

const domain = "blog.example.com";
/** The AWS CLI sends the schedule before its time, also where a call takes seconds. */
const leadMilliseconds = 20_000;
const running = "Name=instance-state-name,Values=running";

const databaseSchema = z.object({
  DBInstanceIdentifier: z.string(),
  DBInstanceStatus: z.string(),
  MultiAZ: z.boolean(),
  AvailabilityZone: z.string(),
  SecondaryAvailabilityZone: z.string(),
});

/** The stack `prod` as it is shipped: HTTPS with its own domain, NAT, Multi-AZ, protection. */
describe("the stack prod, which an ordinary user runs", function () {
  this.timeout(500_000);
  let stack: LiveStack;
  let folder: string;
  let authority: string;

  before(async () => {
    const identity = identities().at(-1);
    if (identity === undefined) throw new Error("The tests run as no user.");
    stack = await openLiveStack({ identity, stack: "prod" });
    folder = mkdtempSync(path.join(tmpdir(), "prod-visitor-"));
    authority = path.join(folder, "authority.pem");
    writeFileSync(authority, await stack.control.text("/authority"));
  });
  after(async () => {
    rmSync(folder, { recursive: true, force: true });
    await stack.close();
  });

  const addresses = () =>
    stack.aws(
      z.array(z.string()),
      ...["ec2", "describe-network-interfaces", "--filters", "Name=description,Values=ELB app/*"],
      ...["--query", "NetworkInterfaces[].Association.PublicIp"],
    );
  /** A visitor on the internet, who knows the region's authority. */
  const visit = async (url: string, ...words: readonly string[]) => {
    const { hostname } = new URL(url);
    const [address = ""] = await addresses();
    const resolve = [80, 443].flatMap((port) => ["--resolve", `${hostname}:${port}:${address}`]);
    return await curl(emulatorFolder(stack.run.folders), "--cacert", authority, ...resolve, ...words, url);
  };
  const database = async () => {
    const [found] = await stack.aws(
      z.array(databaseSchema),
      ...["rds", "describe-db-instances", "--query", "DBInstances[]"],
    );
    if (found === undefined) throw new Error("The stack has no database.");
    return found;
  };

  it("has two healthy servers in two zones", async () => {
    await stack.untilHealthy(2, 60);
    expect((await servers(stack)).map(({ Zone }) => Zone).sort()).to.deep.equal(["us-east-1a", "us-east-1b"]);
  });

  it("serves its domain over HTTPS, with a certificate that verifies for this name only", async () => {
    const { exitCode, output } = await visit(`https://${domain}/`, "--include");
    expect(exitCode, output).to.equal(0);
    expect(output).to.match(/^HTTP\/\S+ 200/);
    expect(output).to.include(`https://${domain}/`).and.not.include(`http://${domain}`);
    const other = await visit("https://other.example.com/");
    // curl's status for a certificate that it does not accept.
    expect(other.exitCode, other.output).to.equal(60);
  });

  it("redirects HTTP to HTTPS", async () => {
    const { output } = await visit(`http://${domain}/some/page?with=query`, "--include");
    expect(output).to.match(/^HTTP\/1\.1 301 /);
    expect(output).to.match(new RegExp(`^location: https://${domain}:443/some/page\\?with=query\r$`, "im"));
  });

  it("is shown on loopback without its own address in links, cookies and headers", async () => {
    const answer = await fetch(`${stack.site}/wp-login.php`, { redirect: "manual" });
    expect(answer.status).to.equal(200);
    expect(answer.headers.get("set-cookie")).to.not.match(/secure/i);
    expect(await answer.text())
      .to.include(`${stack.site}/wp-`)
      .and.not.include(domain);
    const admin = await fetch(`${stack.site}/wp-admin/`, { redirect: "manual" });
    expect(admin.status).to.equal(302);
    expect(admin.headers.get("location")).to.match(new RegExp(`^${stack.site}/wp-login\\.php`));
  });

  it("serves again after its database failed over to the other zone, and replaces no server", async () => {
    const before = await database();
    expect(before.MultiAZ).to.equal(true);
    const ids = [...(await stack.healthy())].sort();
    const identifier = ["--db-instance-identifier", before.DBInstanceIdentifier];
    await stack.change("rds", "reboot-db-instance", ...identifier, "--force-failover");
    await within(60, "the database in the other zone", async () => {
      const { AvailabilityZone, DBInstanceStatus } = await database();
      const isDone =
        AvailabilityZone === before.SecondaryAvailabilityZone && DBInstanceStatus === "available";
      return isDone ? true : undefined;
    });
    expect((await database()).SecondaryAvailabilityZone).to.equal(before.AvailabilityZone);
    await within(60, "a page of the site", async () =>
      (await stack.visit(`/?nothing=${performance.now()}`)).status === 200 ? true : undefined,
    );
    expect([...(await stack.healthy())].sort()).to.deep.equal(ids);
  });

  it("rows 13 and 14: a test event of the function launches a server, which boots", async () => {
    const launched = await stack.aws(
      z.object({ StatusCode: z.number() }),
      ...["lambda", "invoke", "--function-name", stack.output("launcherFunctionName"), "/dev/null"],
    );
    expect(launched.StatusCode).to.equal(200);
    const { value: id } = await within(60, "a launched server that runs", async () => {
      const found = await instances(stack, "Name=tag-key,Values=launcher:owner", running);
      return found[0]?.InstanceId;
    });
    await within(60, "its console shows the end of the boot", async () => {
      const text = await stack.local("logs", id);
      return text.includes("login:") || text.includes("Cloud-init") ? text : undefined;
    });
  });

  it("row 14: the launcher's schedule fires at its time, and its server boots", async () => {
    const { Schedules } = await stack.aws(
      z.object({ Schedules: z.array(z.object({ Name: z.string(), GroupName: z.string() })) }),
      ...["scheduler", "list-schedules"],
    );
    const place = Schedules.find(({ Name }) => Name.includes("launcher") && !Name.includes("sweep"));
    const named = ["--name", place?.Name ?? "", "--group-name", place?.GroupName ?? ""];
    const schedule = await stack.aws(
      z.object({ Target: z.record(z.string(), z.unknown()) }),
      ...["scheduler", "get-schedule", ...named],
    );
    const planned = new Date(Math.floor(Date.now() / 1000) * 1000 + leadMilliseconds).toISOString();
    await stack.change(
      ...["scheduler", "update-schedule", ...named, "--state", "ENABLED"],
      ...["--schedule-expression", `at(${planned.slice(0, 19)})`, "--flexible-time-window", "Mode=OFF"],
      ...["--target", JSON.stringify(schedule.Target)],
    );
    const { value: id } = await within(90, "a server that the schedule launched", async () => {
      const found = await stack.aws(
        z.array(z.string()),
        ...["ec2", "describe-instances", "--query", "Reservations[].Instances[].InstanceId", "--filters"],
        ...[`Name=tag:launcher:planned-time,Values=${planned}`, "Name=instance-state-name,Values=running"],
      );
      return found[0];
    });
    await within(60, "its status checks pass", async () => {
      const found = await stack.aws(
        z.array(z.string()),
        ...["ec2", "describe-instance-status", "--instance-ids", id],
        ...["--query", "InstanceStatuses[].InstanceStatus.Status"],
      );
      return found[0] === "ok" ? true : undefined;
    });
  });

  it("nothing is left after down, which removes the protection first", async () => {
    await stack.down();
  });
});
