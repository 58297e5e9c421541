import { ResourceNotFoundException } from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { setTimeout as sleep } from "node:timers/promises";

import { z } from "../../cli/json";
import { emulatorApi } from "../../localAws/emulator";
import { awsClients } from "../../localAws/providers/aws/clients";
import { openLocalRun, succeeded, targetOf, type LocalRun } from "../support/localRun";

describe("down", () => {
  let run: LocalRun;
  before(async () => {
    run = await openLocalRun();
    // Every call launches a server.
    await run.change(
      "local",
      "  wordpress:launcher:\n",
      "  wordpress:launcher:\n    maxRunningServers: 100\n",
    );
  });
  after(() => run.close());

  it("leaves nothing while the launcher is called all the time", async () => {
    const up = succeeded(await run.run("up"));
    const target = targetOf(up);
    const FunctionName = z.string().parse(up.outputs["launcherFunctionName"]);
    const lambda = await awsClients(target).lambda();

    let calls = 0;
    /** @returns whether the function exists */
    const call = async (): Promise<boolean> => {
      try {
        await lambda.invoke({ FunctionName, InvocationType: "Event", Payload: Buffer.from("{}") });
        calls += 1;
        return true;
      } catch (error) {
        if (error instanceof ResourceNotFoundException) return false;
        throw error;
      }
    };
    const calling = (async () => {
      while (await call()) await sleep(300);
    })();
    const down = await run.run("down", "--yes");
    await calling;
    expect(down.stderr).to.include("Deleting the launcher's schedules and function");
    expect(succeeded(down).left).to.deep.equal([]);
    expect(calls).to.be.greaterThan(1);
    expect(await emulatorApi(target.endpoint).invocations(target.accountId)).to.equal(0);
    const { Reservations } = await (await awsClients(target).ec2()).describeInstances({});
    const states = (Reservations ?? []).flatMap(({ Instances }) =>
      (Instances ?? []).map(({ State }) => State?.Name),
    );
    // Some calls launched a server.
    expect(states).to.include("terminated");
    expect(states.filter((state) => state !== "terminated")).to.deep.equal([]);
  });
});
