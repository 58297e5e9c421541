import { ResourceNotFoundException } from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { setTimeout as sleep } from "node:timers/promises";

import { z } from "../../cli/json";
import { emulatorApi } from "../../localAws/emulator";
import { awsClients } from "../../localAws/providers/aws/clients";
import { openLocalRun, succeeded, targetOf, type LocalRun } from "../support/localRun";

const launching = new Set(["aws:scheduler/schedule:Schedule", "aws:lambda/function:Function"]);

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
    const stop = new AbortController();
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
      while (!stop.signal.aborted && (await call())) await sleep(300);
    })();
    const down = await run.run("down", "--yes").finally(() => {
      stop.abort();
    });
    await calling;
    const deleted = [...down.stderr.matchAll(/^ +\d+\/\d+ deleted (\S+)/gm)].map(([, type = ""]) => type);
    const lastOfLauncher = deleted.findLastIndex((type) => launching.has(type));
    expect(lastOfLauncher).to.be.at.least(1);
    expect(lastOfLauncher).to.be.lessThan(deleted.findIndex((type) => type.startsWith("aws:ec2/")));
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
