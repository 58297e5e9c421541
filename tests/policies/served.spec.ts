import { credentials } from "@grpc/grpc-js";
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import {
  AnalyzerResourceOptions,
  AnalyzeRequest,
  EnforcementLevel,
  type AnalyzeDiagnostic,
} from "@pulumi/pulumi/proto/analyzer_pb";
import { expect } from "chai";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { packs } from "../../policies/packs";
import { infoOf } from "../support/analyzer";
import { unknown } from "./support/fixture";

const policies = join(__dirname, "..", "..", "policies");

/** What Pulumi's own language host starts a pack with; the engine's address is not used. */
const officially = ["node_modules/@pulumi/pulumi/cmd/run-policy-pack", "127.0.0.1:1", "."];

describe("a pack that is served as the engine has it served", function () {
  this.timeout(60_000);
  const clients = new Map<string, AnalyzerClient>();
  const servers: ChildProcess[] = [];

  before(async () => {
    for (const { name } of packs) {
      const [command = "", ...rest] = officially;
      const args = [join(policies, "..", command), ...rest];
      const server = spawn(process.execPath, args, {
        cwd: join(policies, name),
        stdio: ["ignore", "pipe", "inherit"],
      });
      servers.push(server);
      const lines: unknown[] = await once(createInterface({ input: server.stdout }), "line");
      clients.set(name, new AnalyzerClient(`127.0.0.1:${String(lines[0])}`, credentials.createInsecure()));
    }
  });

  after(() => {
    for (const client of clients.values()) client.close();
    for (const server of servers) server.kill();
  });

  const clientOf = (name: string) => {
    const client = clients.get(name);
    if (client === undefined) throw new Error(`${name} is not served`);
    return client;
  };

  for (const { name, displayName, rules } of packs) {
    it(`tells the engine all about ${name}`, async () => {
      const info = await infoOf(clientOf(name));
      expect(info.getName()).to.equal(name);
      expect(info.getDisplayname()).to.equal(displayName);
      expect(info.getVersion()).to.match(/^\d+\.\d+\.\d+$/);
      const told = info.getPoliciesList();
      expect(told.map((policy) => policy.getName())).to.deep.equal(rules.map((rule) => rule.name));
      for (const policy of told) {
        expect(policy.getEnforcementlevel(), policy.getName()).to.equal(EnforcementLevel.MANDATORY);
        for (const text of [policy.getDisplayname(), policy.getRemediationSteps(), policy.getUrl()]) {
          expect(text, policy.getName()).not.to.equal("");
        }
      }
    });
  }

  it("reports a violation of a rule about one resource", async () => {
    const diagnostics = await analyze(clientOf("guardrails"), ingressRule, {
      ...sshFrom("0.0.0.0/0"),
      tags,
    });
    expect(diagnostics.map((each) => each.getPolicyname())).to.deep.equal(["no-ports-open-to-world"]);
    expect(diagnostics[0]?.getEnforcementlevel()).to.equal(EnforcementLevel.MANDATORY);
    expect(diagnostics[0]?.getMessage()).to.contain('cidrIpv4 is "0.0.0.0/0".');
  });

  it("reports a violation of a rule that loads a package only when it needs it", async () => {
    const diagnostics = await analyze(clientOf("guardrails"), "aws:scheduler/schedule:Schedule", {
      scheduleExpression: "cron(0 9 31 2 ? *)",
    });
    expect(diagnostics.map((each) => each.getPolicyname())).to.deep.equal(["schedules-can-fire"]);
    expect(diagnostics[0]?.getMessage()).to.contain('scheduleExpression is "cron(0 9 31 2 ? *)".');
  });

  it("reports that it cannot judge a value that a preview does not know", async () => {
    const diagnostics = await analyze(clientOf("guardrails"), ingressRule, { ...sshFrom(unknown), tags });
    expect(diagnostics.map((each) => each.getPolicyname())).to.deep.equal(["no-ports-open-to-world"]);
    expect(diagnostics[0]?.getEnforcementlevel()).to.equal(EnforcementLevel.ADVISORY);
    expect(diagnostics[0]?.getMessage()).to.contain("cidrIpv4 can't be known during preview");
  });
});

const ingressRule = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule";

const tags = { Project: "wordpress", Stack: "test", ManagedBy: "pulumi" };

const sshFrom = (cidrIpv4: string) => ({ ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIpv4 });

/** The violations of a resource that all rules report. */
function analyze(
  client: AnalyzerClient,
  type: string,
  properties: Record<string, JavaScriptValue>,
): Promise<AnalyzeDiagnostic[]> {
  const request = new AnalyzeRequest()
    .setType(type)
    .setUrn(`urn:pulumi:test::wordpress::${type}::one`)
    .setName("one")
    .setProperties(Struct.fromJavaScript(properties))
    .setOptions(new AnalyzerResourceOptions());
  return new Promise((resolve, reject) => {
    client.analyze(request, (error, response) => {
      if (error === null) resolve(response.getDiagnosticsList());
      else reject(error);
    });
  });
}
