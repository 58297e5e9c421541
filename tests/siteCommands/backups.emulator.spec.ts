import { EFS } from "@aws-sdk/client-efs";
import { RDS } from "@aws-sdk/client-rds";
import { expect } from "chai";

import { siteClients } from "../../siteCommands/clients";
import { findPairs } from "../../siteCommands/pair/parts";
import { removePair } from "../../siteCommands/pair/remove";
import { takePair } from "../../siteCommands/pair/take";
import type { Stack } from "../../siteCommands/stack/stack";
import { useEmulator } from "../support/emulator";
import { rejectionOf } from "../support/rejection";

const tags = [
  { Key: "Project", Value: "wordpress" },
  { Key: "Stack", Value: "prod" },
];

describe("backups of a stack's content", () => {
  const emulator = useEmulator();

  const open = async ({ shared = true } = {}) => {
    const config = emulator.clientConfig(emulator.newAccountId());
    const rds = new RDS(config);
    await rds.createDBInstance({
      DBInstanceIdentifier: "site",
      DBInstanceClass: "db.t4g.micro",
      Engine: "mariadb",
      EngineVersion: "11.8",
      AllocatedStorage: 20,
      MasterUsername: "wordpress",
      MasterUserPassword: "only-in-the-emulator",
      Tags: tags,
    });
    if (shared) await new EFS(config).createFileSystem({ CreationToken: "uploads", Tags: tags });
    const stack: Stack = {
      project: "wordpress",
      name: "prod",
      region: config.region,
      clients: siteClients(config),
      longestPauseSeconds: 0.1,
    };
    const take = (more: Partial<Parameters<typeof takePair>[1]> = {}) =>
      takePair(stack, {
        roleArn: undefined,
        signal: new AbortController().signal,
        say: () => undefined,
        ...more,
      });
    const snapshots = async () =>
      (await rds.describeDBSnapshots({ SnapshotType: "manual" })).DBSnapshots ?? [];
    return { rds, stack, take, snapshots };
  };

  it("are pairs of a snapshot and a recovery point, newest first, and can be deleted", async () => {
    const { stack, take, snapshots } = await open();
    expect(await findPairs(stack)).to.deep.equal([]);
    const first = await take();
    const second = await take();
    expect(first).to.include({ state: "complete" });
    expect(first.snapshot?.name).to.equal(`site-${first.id}`);
    expect(first.uploads?.arn).to.match(/^arn:aws:backup:/);
    const ids = (await findPairs(stack)).map(({ id }) => id);
    expect(ids).to.have.members([first.id, second.id]);
    expect(await findPairs({ ...stack, name: "other" })).to.deep.equal([]);

    await removePair(stack, first);
    await removePair(stack, first);
    expect((await findPairs(stack)).map(({ id }) => id)).to.deep.equal([second.id]);
    expect(await snapshots()).to.have.length(1);
  });

  it("are the snapshot alone when the stack has no shared uploads", async () => {
    const { take } = await open({ shared: false });
    expect(await take()).to.include({ state: "complete", uploads: undefined });
  });

  it("leave nothing when a part fails or the user stops them", async () => {
    const { stack, take, snapshots } = await open();
    const roleArn = "arn:aws:iam::123456789012:role/none";
    expect(await rejectionOf(take({ roleArn }))).to.contain("does not exist");
    const stop = new AbortController();
    const say = (detail: string) => {
      // Both parts exist then.
      if (detail === "waiting for the database's snapshot") stop.abort();
    };
    expect(await rejectionOf(take({ signal: stop.signal, say }))).to.contain("stopped");
    expect(await findPairs(stack)).to.deep.equal([]);
    expect(await snapshots()).to.deep.equal([]);
  });

  it("are refused while the database is not available, and without one", async () => {
    const { rds, stack, take } = await open({ shared: false });
    await rds.stopDBInstance({ DBInstanceIdentifier: "site" });
    expect(await rejectionOf(take())).to.contain("is stopped");
    const other = takePair(
      { ...stack, name: "dev" },
      { roleArn: undefined, signal: new AbortController().signal, say: () => undefined },
    );
    expect(await rejectionOf(other)).to.contain("has no database");
  });
});
