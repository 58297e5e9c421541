import { expect } from "chai";
import path from "node:path";
import { z } from "zod";

import { attempt, run as runToEnd } from "../../localAws/live/command";
import { awsClients, type AwsClients } from "../../localAws/providers/aws/clients";
import { openLocalRun, succeeded, targetOf, type LocalRun } from "../support/localRun";

const repository = path.resolve(__dirname, "../..");

/** The commands as a user types them, on a stack that the engine created. */
describe("npm run site", () => {
  let local: LocalRun;
  let aws: AwsClients;

  before(async () => {
    local = await openLocalRun();
    aws = awsClients(targetOf(succeeded(await local.run("up"))));
  });
  after(async () => {
    await local.close();
  });

  const command = (...words: readonly string[]) => [
    process.execPath,
    "--require",
    path.join(repository, "nodeHooks/register.cjs"),
    path.join(repository, "siteCommands/main.ts"),
    ...words,
    "--stack",
    "local",
    "--local",
    "--folder",
    local.folders.local,
    "--settings",
    local.folders.project,
  ];
  const site = (...words: readonly string[]) => runToEnd(command(...words));
  const backups = async () => {
    const text = await site("list", "--json");
    const { backups: found } = z
      .object({ backups: z.array(z.object({ id: z.string(), state: z.string(), snapshot: z.string() })) })
      .parse(JSON.parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1)));
    return found;
  };
  const database = async () => {
    const { DBInstances = [] } = await (await aws.rds()).describeDBInstances({});
    expect(DBInstances).to.have.length(1);
    return DBInstances[0];
  };

  it("backs up the stack, lists the backup, and keeps only the newest ones", async () => {
    expect(await site("list")).to.contain("No backups");
    await site("backup");
    const [first] = await backups();
    expect(first).to.include({ state: "complete" });
    const printed = await site("backup", "--keep", "1");
    expect(printed).to.contain(`Deleted the backup ${first?.id ?? ""}`);
    const [second, ...others] = await backups();
    expect(others).to.deep.equal([]);
    expect(printed).to.contain(`Backup   ${second?.id ?? ""}`);
  });

  it("restores the newest backup into the stack, and backs up what it replaces first", async () => {
    const before = await database();
    const [newest] = await backups();
    const printed = await site("restore");
    expect(printed).to.contain("The way back: npm run site -- restore ");
    expect(printed).to.contain("aws-backup-restore_");
    const after = await database();
    expect(after?.DbiResourceId).not.to.equal(before?.DbiResourceId);
    const restoredFrom = after?.TagList?.find(({ Key }) => Key === "site-backup:restored-from")?.Value;
    expect(restoredFrom).to.equal(newest?.snapshot);
    expect((await backups()).map(({ state }) => state)).to.deep.equal(["complete", "complete"]);
    expect(succeeded(await local.run("up")).changes).to.deep.equal({});
  });

  it("restores a stack that lost its database", async () => {
    const lost = await database();
    await (
      await aws.rds()
    ).deleteDBInstance({ DBInstanceIdentifier: lost?.DBInstanceIdentifier, SkipFinalSnapshot: true });
    const [newest] = await backups();
    await site("restore", newest?.id ?? "", "--no-backup");
    expect((await database())?.DBInstanceStatus).to.equal("available");
    expect(succeeded(await local.run("up")).changes).to.deep.equal({});
  });

  it("fails with the reason for a backup that does not exist, and for a protected database", async () => {
    const missing = await attempt(command("restore", "20200101-000000-abcd"));
    expect(missing.exitCode).to.equal(1);
    expect(missing.output).to.contain("has no backup 20200101-000000-abcd");
    await local.change("local", "restoreFrom:", "deletionProtection: true\n    restoreFrom:");
    const refused = await attempt(command("restore"));
    expect(refused.exitCode).to.equal(1);
    expect(refused.output).to.contain("deletionProtection is true");
  });
});
