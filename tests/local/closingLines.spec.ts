import { expect } from "chai";

import { closingLines } from "../../local/closingLines";
import { fleetText } from "../../local/fleet";

const fleet = {
  min: 1,
  desired: 2,
  max: 4,
  servers: [
    { instanceId: "i-1", availabilityZone: "us-east-1b", health: "healthy" },
    { instanceId: "i-2", availabilityZone: "us-east-1a", health: "unhealthy" },
  ],
};

const outcome = {
  options: { stack: "prod", port: undefined, folder: undefined, settings: undefined },
  target: { endpoint: "http://127.0.0.1:4577", region: "us-east-1", accountId: "843579735134" },
  outputs: { siteUrl: "https://blog.example.com", targetGroupArn: "arn:aws:tg/1" },
  fleet,
  result: {
    changes: [],
    violations: [],
    errors: [],
    policiesPassed: 35,
    policiesViolated: 0,
    policiesExcepted: 0,
    policiesWaiting: [],
    resources: 82,
    outputs: {},
  },
  milliseconds: 14_200,
  live: undefined,
  pace: "aws",
} as const;

const none = { port: undefined, folder: undefined, settings: undefined };

describe("the lines that an up ends with", () => {
  const lines = closingLines(outcome).split("\n");

  it("show the site's address and the servers", () => {
    expect(lines).to.include("  Site   https://blog.example.com");
    expect(lines).to.include("  Fleet  2 servers (1 to 4), in us-east-1a and us-east-1b, 1 healthy");
  });

  it("have commands of both CLIs that work when pasted", () => {
    expect(lines).to.include(
      "  npm run local -- --stack prod aws elbv2 describe-target-health --target-group-arn arn:aws:tg/1",
    );
    expect(lines).to.include("  npm run local -- --stack prod pulumi stack output");
  });

  it("give other clients the endpoint, region and key", () => {
    expect(lines.join("\n")).to.include(
      "http://127.0.0.1:4577, region us-east-1, access key 843579735134, secret key emulator",
    );
  });

  it("repeat the run's options in every command, and no other options", () => {
    const options = { stack: "prod", port: 4600, folder: "my folder", settings: "x" };
    const commands = closingLines({ ...outcome, options })
      .split("\n")
      .filter((line) => line.includes("npm run"));
    expect(commands).to.have.length(7);
    for (const command of commands) expect(command).to.include("--port 4600 --folder 'my folder'");
    const onStack = commands.filter((command) => !command.includes("-- stop"));
    for (const command of onStack) expect(command).to.match(/--stack prod .*--settings x/);
    expect(closingLines({ ...outcome, options: { stack: "local", ...none } }).split("\n"))
      .to.include("  npm run local -- down")
      .and.to.include("  npm run local -- stop")
      .and.to.include("  npm run local");
  });
});

describe("the lines that a live up ends with", () => {
  const live = {
    site: "http://127.0.0.1:8080",
    page: "http://127.0.0.1:8090",
    lookup: "nslookup -port=5353 alb.test 127.0.0.1",
  };
  const text = closingLines({ ...outcome, options: { ...none, stack: "local" }, live });

  it("show the site's address on this machine, the page, and the address on AWS", () => {
    expect(text.split("\n"))
      .to.include("  Site   http://127.0.0.1:8080 (on AWS: https://blog.example.com)")
      .and.to.include("  Watch  http://127.0.0.1:8090");
  });

  it("have the commands that load a server, cut its power and resolve the load balancer", () => {
    expect(text).to.include("\n  npm run local -- load\n  npm run local -- kill 1\n");
    expect(text).to.include("nslookup -port=5353 alb.test 127.0.0.1");
  });

  it("state whether alarms and target tracking have AWS's pace", () => {
    expect(text).to.include("\nAlarms and target tracking take AWS's minutes.\n");
    const fast = closingLines({ ...outcome, live, pace: "fast" });
    expect(fast).to.match(/12 times as fast as AWS's; `emulator:pace: aws` is AWS's pace/);
    expect(closingLines(outcome)).not.to.include("AWS's minutes");
  });

  it("do not say that the emulator only records", () => {
    expect(text).not.to.include("records servers");
  });
});

describe("the line about a fleet", () => {
  it("shows the desired size when it is not reached", () => {
    expect(fleetText({ ...fleet, desired: 3 })).to.include("(1 to 4, 3 desired)");
  });

  it("has no servers when it is paused", () => {
    expect(fleetText({ min: 0, desired: 0, max: 4, servers: [] })).to.equal("0 servers (0 to 4), 0 healthy");
  });
});
