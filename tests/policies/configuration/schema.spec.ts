import { expect } from "chai";

import {
  configurationProblems,
  isDisabled,
  type Configuration,
} from "../../../policies/configuration/schema";
import { guardrails } from "../../../policies/guardrails/pack";
import { production } from "../../../policies/production/pack";

describe("a pack's configuration", () => {
  it("accepts levels and settings of existing rules", () => {
    const configuration = {
      all: "advisory",
      "https-listener": "disabled",
      "minimum-servers": { minimumServers: 3 },
      "database-backups": { enforcementLevel: "remediate", minimumRetentionDays: 14 },
    };
    expect(configurationProblems(production, configuration)).to.deep.equal([]);
  });

  it("has no exceptions, which the gate would not review", () => {
    const configuration = { "tls-policy": { exceptions: [], enforcementLevel: "advisory" } };
    expect(configurationProblems(production, configuration)).to.deep.equal([
      "tls-policy.exceptions: not in a file of thresholds - allowed: exceptions in policies/exceptions.yaml",
    ]);
  });

  it("accepts both ends of a setting's range", () => {
    const configuration = (seconds: number, ports: readonly number[], tags: readonly string[]) => ({
      "lambda-timeout": { maximumTimeoutSeconds: seconds },
      "no-ports-open-to-world": { ports },
      "required-tags": { tags },
    });
    for (const good of [configuration(1, [0], []), configuration(900, [65_535, 22], ["Owner", "Stack"])]) {
      expect(configurationProblems(guardrails, good)).to.deep.equal([]);
    }
  });

  it("refuses unknown names and wrong levels, all at once, and suggests the nearest name", () => {
    const configuration = {
      all: "strict",
      "Minimum-Server": { minimumServers: 3 },
      "minimum-servers": { minimum: 3, minimumServer: 3, enforcementlevel: "advisory" },
      "database-backups": { enforcementLevel: "must" },
      "tls-policy": 7,
    };
    expect(configurationProblems(production, configuration)).to.deep.equal([
      'all: "strict" - allowed: one of advisory, mandatory, remediate, disabled',
      "Minimum-Server: the pack production has no such rule; did you mean minimum-servers?",
      "minimum-servers.minimum: the rule has no such setting; its settings: enforcementLevel, minimumServers",
      "minimum-servers.minimumServer: the rule has no such setting; did you mean minimumServers?",
      "minimum-servers.enforcementlevel: the rule has no such setting; did you mean enforcementLevel?",
      'database-backups.enforcementLevel: "must" - allowed: one of advisory, mandatory, remediate, disabled',
      "tls-policy: 7 - allowed: one of advisory, mandatory, remediate, disabled",
    ]);
  });

  it("lists the pack's rules when no rule has a similar name", () => {
    const [problem = ""] = configurationProblems(production, { firewall: "disabled" });
    expect(problem).to.match(
      /^firewall: the pack production has no such rule; its rules: all, scale-in-protection, .*, alarms-present$/,
    );
  });

  it("refuses a value outside of a setting's range", () => {
    const wrong = (rule: string, setting: string, value: unknown) =>
      configurationProblems(guardrails, { [rule]: { [setting]: value } });
    for (const value of [0, 901, 1.5, "60", null, [60]]) {
      expect(wrong("lambda-timeout", "maximumTimeoutSeconds", value)).to.deep.equal([
        `lambda-timeout.maximumTimeoutSeconds: ${JSON.stringify(value)} - allowed: a whole number from 1 to 900`,
      ]);
    }
    for (const value of [22, [22, "80"], [-1], [65_536]]) {
      expect(wrong("no-ports-open-to-world", "ports", value)).to.deep.equal([
        `no-ports-open-to-world.ports: ${JSON.stringify(value)} - allowed: a list of whole numbers from 0 to 65,535`,
      ]);
    }
    for (const value of ["Project", [7]]) {
      expect(wrong("required-tags", "tags", value)).to.deep.equal([
        `required-tags.tags: ${JSON.stringify(value)} - allowed: a list of strings: names`,
      ]);
    }
  });

  it("refuses a setting for a rule without settings", () => {
    expect(configurationProblems(guardrails, { imdsv2: { version: 2 } })).to.deep.equal([
      "imdsv2.version: the rule has no such setting; its settings: enforcementLevel",
    ]);
  });

  it("disables the rules that it names, or all but those that it names", () => {
    const disabled = (configuration: Configuration) =>
      production.rules.filter((rule) => isDisabled(configuration, rule)).map(({ name }) => name);
    expect(disabled({})).to.deep.equal([]);
    expect(disabled({ "tls-policy": "disabled", "alarms-present": "advisory" })).to.deep.equal([
      "tls-policy",
    ]);
    expect(disabled({ "tls-policy": { enforcementLevel: "disabled" } })).to.deep.equal(["tls-policy"]);
    expect(disabled({ "tls-policy": { policies: ["disabled"] } })).to.deep.equal([]);
    const most = disabled({
      all: "disabled",
      "tls-policy": "mandatory",
      "minimum-servers": { enforcementLevel: "advisory" },
      "database-backups": { minimumRetentionDays: 8 },
    });
    expect(most).to.have.length(production.rules.length - 2);
    expect(most).to.include("database-backups").and.not.to.include("tls-policy");
  });

  it("refuses everything but an object", () => {
    for (const wrong of [null, [], "strict"]) {
      expect(configurationProblems(production, wrong)).to.deep.equal([
        `${JSON.stringify(wrong)} - allowed: an object with the rules' names as its keys`,
      ]);
    }
  });
});
