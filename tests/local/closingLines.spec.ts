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
  stackName: "prod",
  target: { endpoint: "http://127.0.0.1:4577", region: "us-east-1", accountId: "843579735134" },
  outputs: { siteUrl: "https://blog.example.com", targetGroupArn: "arn:aws:tg/1" },
  fleet,
  result: {
    changes: [],
    violations: [],
    errors: [],
    policiesPassed: 35,
    policiesViolated: 0,
    policiesWaiting: [],
    resources: 82,
    outputs: {},
  },
  milliseconds: 14_200,
};

describe("the lines that an up ends with", () => {
  const lines = closingLines(outcome).split("\n");

  it("tell where the site and its servers are", () => {
    expect(lines).to.include("  Site   https://blog.example.com");
    expect(lines).to.include("  Fleet  2 servers (1 to 4), in us-east-1a and us-east-1b, 1 healthy");
  });

  it("give a command that looks around, with the access key that it needs", () => {
    expect(lines).to.include("  export AWS_ACCESS_KEY_ID=843579735134 AWS_SECRET_ACCESS_KEY=emulator");
    expect(lines).to.include(
      "  aws --endpoint-url http://127.0.0.1:4577 --region us-east-1 elbv2 describe-target-health --target-group-arn arn:aws:tg/1",
    );
  });

  it("name the stack in every command, unless it is the usual one", () => {
    expect(lines).to.include("  npm run local -- down --stack prod");
    expect(closingLines({ ...outcome, stackName: "local" }).split("\n"))
      .to.include("  npm run local -- down")
      .and.to.include("  npm run local");
  });
});

describe("a fleet in words", () => {
  it("tells when it is not of the wanted size", () => {
    expect(fleetText({ ...fleet, desired: 3 })).to.include("(1 to 4, 3 wanted)");
  });

  it("says that a paused one has no servers", () => {
    expect(fleetText({ min: 0, desired: 0, max: 4, servers: [] })).to.equal("0 servers (0 to 4), 0 healthy");
  });
});
