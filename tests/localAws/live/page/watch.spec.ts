import { expect } from "chai";
import { setImmediate } from "node:timers/promises";

import type { WatchedStack } from "../../../../localAws/live/page/reading/names";
import { localPace } from "../../../../localAws/live/page/reading/reader";
import { makeWatch } from "../../../../localAws/live/page/watch";

const stack: WatchedStack = {
  stack: "dev",
  region: "us-east-1",
  groupName: "web",
  targetGroupArn: "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web/1",
  vpcId: "vpc-1",
  databaseId: "db",
  siteUrl: null,
  secondsPerMinute: 60,
};

/** A watch whose answers the test gives. */
function open() {
  const asked: string[] = [];
  const answers: (() => void)[] = [];
  const question = <T>(name: string, answer: () => T) =>
    new Promise<T>((resolve) => {
      asked.push(name);
      answers.push(() => {
        resolve(answer());
      });
    });
  const client = (name: string) => () =>
    question<never>(name, () => {
      throw new Error("no client");
    });
  const watch = makeWatch({
    about: { stack: "dev", region: "us-east-1", where: "local" },
    readers: {
      autoScaling: client("autoScaling"),
      cloudWatch: client("cloudWatch"),
      ec2: client("ec2"),
      efs: client("efs"),
      elbv2: client("elbv2"),
      rds: client("rds"),
    },
    locate: () => question("the stack", () => stack),
    pace: { ...localPace, often: 1 },
    region: { listen: () => () => undefined, mail: () => question("mail", () => []) },
  });
  return { asked, watch, answer: () => answers.shift()?.() };
}

describe("the end of a watch", () => {
  it("starts no further question after the answer to the last one, and calls no listener", async () => {
    const { answer, asked, watch } = open();
    const changes: unknown[] = [];
    watch.follow((change) => changes.push(change));
    expect(asked).to.deep.equal(["the stack"]);
    const ended = watch.stop();
    answer();
    await ended;
    expect(asked).to.deep.equal(["the stack"]);
    expect(changes).to.deep.equal([]);
  });

  it("waits for the answer to a question that is open", async () => {
    const { answer, watch } = open();
    watch.follow(() => undefined);
    let hasEnded = false;
    const ended = watch.stop().then(() => (hasEnded = true));
    await setImmediate();
    expect(hasEnded).to.equal(false);
    answer();
    await ended;
  });

  it("is the end for later followers too", async () => {
    const { asked, watch } = open();
    await watch.stop();
    watch.follow(() => undefined);
    expect(asked).to.deep.equal([]);
  });
});
