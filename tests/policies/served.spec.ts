import { EnforcementLevel } from "@pulumi/pulumi/proto/analyzer_pb";
import { expect } from "chai";
import { join } from "node:path";

import { packs } from "../../policies/packs";
import { infoOf } from "../support/analyzer";
import { unknown } from "./support/fixture";
import { startPack, type PackProcess } from "./support/packProcess";

const policies = join(__dirname, "..", "..", "policies");

describe("a pack in a process of its own, as Pulumi's command line starts it", () => {
  const started = new Map<string, PackProcess>();

  before(async () => {
    for (const { name } of packs) started.set(name, await startPack(join(policies, name)));
  });

  after(() => {
    for (const each of started.values()) each.stop();
  });

  const packOf = (name: string) => {
    const pack = started.get(name);
    if (pack === undefined) throw new Error(`${name} was not started`);
    return pack;
  };

  for (const { name, displayName, rules } of packs) {
    it(`describes ${name} and its rules to the engine`, async () => {
      const info = await infoOf(packOf(name).client);
      expect(info.getName()).to.equal(name);
      expect(info.getDisplayname()).to.equal(displayName);
      expect(info.getVersion()).to.match(/^\d+\.\d+\.\d+$/);
      const described = info.getPoliciesList();
      const excepted = described.find((policy) => policy.getName() === "excepted");
      expect(described.map((policy) => policy.getName())).to.deep.equal([
        ...rules.map((rule) => rule.name),
        "excepted",
        "configuration",
      ]);
      expect(excepted?.getEnforcementlevel()).to.equal(EnforcementLevel.ADVISORY);
      for (const policy of described.slice(0, rules.length)) {
        expect(policy.getEnforcementlevel(), policy.getName()).to.equal(EnforcementLevel.MANDATORY);
        for (const text of [policy.getDisplayname(), policy.getRemediationSteps(), policy.getUrl()]) {
          expect(text, policy.getName()).not.to.equal("");
        }
      }
    });
  }

  it("reports a violation of a rule about one resource", async () => {
    const diagnostics = await packOf("guardrails").analyze(ingressRule, {
      ...sshFrom("0.0.0.0/0"),
      tags,
    });
    expect(diagnostics.map((each) => each.getPolicyname())).to.deep.equal(["no-ports-open-to-world"]);
    expect(diagnostics[0]?.getEnforcementlevel()).to.equal(EnforcementLevel.MANDATORY);
    expect(diagnostics[0]?.getMessage()).to.contain('cidrIpv4 is "0.0.0.0/0".');
  });

  it("reports a violation of a rule that loads a package only when it needs it", async () => {
    const diagnostics = await packOf("guardrails").analyze("aws:scheduler/schedule:Schedule", {
      scheduleExpression: "cron(0 9 31 2 ? *)",
      target: { arn: "a", roleArn: "r" },
    });
    expect(diagnostics.map((each) => each.getPolicyname())).to.deep.equal(["schedules-can-fire"]);
    expect(diagnostics[0]?.getMessage()).to.contain('scheduleExpression is "cron(0 9 31 2 ? *)".');
  });

  it("reports that it cannot judge a value that a preview does not know", async () => {
    const diagnostics = await packOf("guardrails").analyze(ingressRule, { ...sshFrom(unknown), tags });
    expect(diagnostics.map((each) => each.getPolicyname())).to.deep.equal(["no-ports-open-to-world"]);
    expect(diagnostics[0]?.getEnforcementlevel()).to.equal(EnforcementLevel.ADVISORY);
    expect(diagnostics[0]?.getMessage()).to.contain("cidrIpv4 can't be known during preview");
  });
});

const ingressRule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

const tags = { Project: "wordpress", Stack: "test", ManagedBy: "pulumi" };

const sshFrom = (cidrIpv4: string) => ({ ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIpv4 });
