import { expect } from "chai";

import { describeFinding, readDescription, type Finding } from "../../../policies/support/finding";
import { anyFixture } from "./fixture";

const resource = anyFixture("aws:rds/instance:Instance", "wordpress-database (old)", {});

describe("the message of a finding", () => {
  const findings: readonly Finding[] = [
    { at: "multiAz", value: false, allowed: "true" },
    { at: "policy.Statement[0].Action", value: 'is it "*"?', allowed: "no *", fix: "Name it.\nAll of it." },
    { at: "alarms on AWS/RDS", value: undefined, allowed: "one. Or more" },
    { at: "code", value: "a package (zip): is large", allowed: "at most 1 MiB" },
  ];

  for (const finding of findings) {
    it(`can be read again: ${finding.at}`, () => {
      for (const subject of [resource, undefined]) {
        const message = describeFinding(finding, subject, "Do it.");
        const expected = {
          at: finding.at,
          value: finding.value === undefined ? "not set" : JSON.stringify(finding.value),
          allowed: finding.allowed,
          fix: finding.fix ?? "Do it.",
        };
        expect(readDescription(message)).to.deep.equal(expected);
        expect(readDescription(`The rule's description.\n${message}\n`)).to.deep.equal(expected);
      }
    });
  }

  it("is not read from another message", () => {
    expect(readDescription("lambda-memory.maximumMemoryMiB: 1 - allowed: 128 or more")).to.equal(undefined);
    expect(readDescription("x (y): at is 1.\nFix: it")).to.equal(undefined);
  });
});
