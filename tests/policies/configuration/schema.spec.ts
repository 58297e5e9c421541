import { expect } from "chai";

import {
  configurationProblems,
  isDisabled,
  type Configuration,
} from "../../../policies/configuration/schema";
import { guardrails } from "../../../policies/guardrails/pack";
import { production } from "../../../policies/production/pack";
import { wholeNumber, wholeNumbers, words, valuesOf } from "../../../policies/support/settings";

describe("a pack's configuration", () => {
  it("may set levels and settings of rules that there are", () => {
    const configuration = {
      all: "advisory",
      "https-listener": "disabled",
      "minimum-servers": { minimumServers: 3 },
      "database-backups": { enforcementLevel: "remediate", minimumRetentionDays: 14 },
    };
    expect(configurationProblems(production, configuration)).to.deep.equal([]);
  });

  it("is told of everything in it that means nothing", () => {
    const configuration = {
      all: "strict",
      "minimum-server": { minimumServers: 3 },
      "minimum-servers": { minimum: 3 },
      "database-backups": { enforcementLevel: "must" },
      "tls-policy": 7,
    };
    const problems = configurationProblems(production, configuration);
    expect(problems).to.have.length(5);
    expect(problems[0]).to.equal(
      'production.all: "strict"; allowed: advisory, mandatory, remediate, disabled',
    );
    expect(problems[1]).to.match(/^production\.minimum-server: no such rule; there are .*minimum-servers/);
    expect(problems[2]).to.equal(
      "production.minimum-servers.minimum: no such setting; there are enforcementLevel, minimumServers",
    );
    expect(problems[3]).to.match(/^production\.database-backups\.enforcementLevel: "must"/);
    expect(problems[4]).to.match(/^production\.tls-policy: 7/);
  });

  it("is told of values outside of a setting's range", () => {
    const wrong = (rule: string, setting: string, value: unknown) =>
      configurationProblems(guardrails, { [rule]: { [setting]: value } });
    for (const value of [0, 901, 1.5, "60", null, [60]]) {
      expect(wrong("lambda-timeout", "maximumTimeoutSeconds", value), JSON.stringify(value)).to.deep.equal([
        `guardrails.lambda-timeout.maximumTimeoutSeconds: ${JSON.stringify(value)}; allowed: The longest timeout, in seconds: a whole number from 1 to 900.`,
      ]);
    }
    for (const value of [22, [22, "80"], [-1], [65_536]]) {
      expect(wrong("no-ports-open-to-world", "ports", value), JSON.stringify(value)).to.have.length(1);
    }
    for (const value of ["Project", [7]]) {
      expect(wrong("required-tags", "tags", value), JSON.stringify(value)).to.have.length(1);
    }
  });

  it("may have values at both ends of a setting's range", () => {
    const configuration = (seconds: number, ports: readonly number[], tags: readonly string[]) => ({
      "lambda-timeout": { maximumTimeoutSeconds: seconds },
      "no-ports-open-to-world": { ports },
      "required-tags": { tags },
    });
    for (const good of [configuration(1, [0], []), configuration(900, [65_535, 22], ["Owner", "Stack"])]) {
      expect(configurationProblems(guardrails, good)).to.deep.equal([]);
    }
  });

  it("switches off what it names, or all but what it names", () => {
    const off = (configuration: Configuration) =>
      production.rules.filter((rule) => isDisabled(configuration, rule)).map(({ name }) => name);
    expect(off({})).to.deep.equal([]);
    expect(off({ "tls-policy": "disabled", "alarms-present": "advisory" })).to.deep.equal(["tls-policy"]);
    expect(off({ "tls-policy": { enforcementLevel: "disabled" } })).to.deep.equal(["tls-policy"]);
    expect(off({ "tls-policy": { policies: ["disabled"] } })).to.deep.equal([]);
    const most = off({
      all: "disabled",
      "tls-policy": "mandatory",
      "minimum-servers": { enforcementLevel: "advisory" },
      "database-backups": { minimumRetentionDays: 8 },
    });
    expect(most).to.have.length(production.rules.length - 2);
    expect(most).to.include("database-backups").and.not.to.include("tls-policy");
  });

  it("must be an object", () => {
    for (const wrong of [undefined, null, [], "strict"]) {
      expect(configurationProblems(production, wrong)).to.deep.equal([
        "production: the configuration must be an object of rules by their names",
      ]);
    }
  });
});

describe("a rule's settings", () => {
  const settings = {
    count: wholeNumber({ default: 2, minimum: 1, description: "How many: a whole number of at least 1." }),
    ports: wholeNumbers({ default: [22], minimum: 0, maximum: 9, description: "Which: a list of numbers." }),
    names: words({ default: ["a"], description: "Whose: a list of names." }),
  };

  it("are our own where nothing is configured", () => {
    expect(valuesOf("rule", settings, {})).to.deep.equal({ count: 2, ports: [22], names: ["a"] });
  });

  it("are the configured ones", () => {
    const configured = { count: 3, ports: [1, 2], names: [] };
    expect(valuesOf("rule", settings, configured)).to.deep.equal(configured);
  });

  it("refuse what is no setting", () => {
    expect(() => valuesOf("rule", settings, { cout: 3 })).to.throw(
      TypeError,
      'Policy rule: there is no setting "cout". Settings: count, ports, names.',
    );
    expect(() => valuesOf("rule", {}, { cout: 3 })).to.throw(TypeError, "Settings: none.");
  });

  for (const [name, value] of [
    ["count", 1.5],
    ["count", "3"],
    ["ports", 22],
    ["ports", ["22"]],
    ["names", "a"],
    ["names", [1]],
  ] as const) {
    it(`refuse ${name} ${JSON.stringify(value)}`, () => {
      expect(() => valuesOf("rule", settings, { [name]: value })).to.throw(
        TypeError,
        `Policy rule: setting "${name}" is ${JSON.stringify(value)}. Allowed: ${settings[name].schema.description}`,
      );
    });
  }
});
