import { expect } from "chai";

import { InvalidSettingsError } from "../components/settings/problem";
import { readSettingsFile } from "../components/settings/settingsFile";
import { settleFile } from "../config";

const place = { project: "wordpress", stack: "dev" };
const start = "config:\n  aws:region: us-east-1\n  wordpress:fleet: { sizing: manual }\n";

const settle = (text: string, project = "wordpress") =>
  settleFile(readSettingsFile("Pulumi.dev.yaml", Buffer.from(text)), { ...place, project });

/** The lines of the message, without its first. */
function linesOf(text: string, project?: string): readonly string[] {
  try {
    settle(text, project);
  } catch (error) {
    if (!(error instanceof InvalidSettingsError)) throw error;
    const [first, ...lines] = error.message.split("\n");
    expect(first).to.match(/^Pulumi\.dev\.yaml: \d+ settings? (?:is|are) wrong; nothing was changed\.$/);
    return lines.map((line) => line.trim());
  }
  return expect.fail("expected the file to be refused");
}

describe("a stack's settings file", () => {
  it("gives settings with defaults, and the configuration as the file has it", () => {
    const { settings, region, config } = settle(`${start}  aws:profile: lab\n`);
    expect(settings.fleet.sizing).to.equal("manual");
    expect(settings.database.engineVersion).to.equal("11.8");
    expect(region).to.equal("us-east-1");
    expect(config).to.deep.equal({
      "aws:region": "us-east-1",
      "aws:profile": "lab",
      "wordpress:fleet": { sizing: "manual" },
    });
  });

  it("may leave out the namespace in a project of that name, as with Pulumi", () => {
    const { config } = settle("config:\n  aws:region: us-east-1\n  fleet: { sizing: manual }\n");
    expect(config).to.have.deep.property("wordpress:fleet", { sizing: "manual" });
    expect(
      linesOf("config:\n  aws:region: us-east-1\n  fleet: { sizing: manual }\n", "my-site"),
    ).to.deep.equal([
      'Pulumi.dev.yaml:3: my-site:fleet: "[not shown]" - allowed: wordpress:fleet, whatever the project is called',
    ]);
  });

  it("has texts that YAML reads as numbers, when they show the same", () => {
    const { settings } = settle(
      `${start}  wordpress:database: { engineVersion: 11.8 }\n  wordpress:tags: { Year: 2026, Part: 0.5 }\n`,
    );
    expect(settings.database.engineVersion).to.equal("11.8");
    expect(settings.tags).to.deep.equal({ Year: "2026", Part: "0.5" });
  });

  for (const [written, group] of [
    ["11.10", "database: { engineVersion: 11.10 }"],
    ["1.10", "tags: { Version: 1.10 }"],
    ["0042", "tags: { Version: 0042 }"],
    ["1_000", "tags: { Version: 1_000 }"],
    ["true", "tags: { Version: true }"],
    ["2026-01-01", "tags: { Version: 2026-01-01 }"],
  ] as const) {
    it(`asks for quotes around ${written}, which YAML changes`, () => {
      const [line, ...others] = linesOf(`${start}  wordpress:${group}\n`);
      expect(others).to.deep.equal([]);
      expect(line)
        .to.match(/^Pulumi\.dev\.yaml:4: /)
        .and.to.match(new RegExp(`in quotes, .*: "${written}"$`));
    });
  }

  it("refuses a number that Pulumi reads as octal", () => {
    const [line] = linesOf(`${start}  wordpress:database: { allocatedStorageGiB: 0100 }\n`);
    expect(line).to.include("Pulumi.dev.yaml:4: database.allocatedStorageGiB: 100").and.to.include("0100");
  });

  it("lists everything wrong at once, in the order of the lines", () => {
    const lines = linesOf(`config:
  aws:region: us-eest-1
  wordpres:network: {}
  wordpress:fleet:
    capacty: { min: 1 }
    paused: yes
    capacity: { min: "1", desired: 1, max: 2 }
    schedules:
      - { name: a, recurrence: 0 8 * * *, min: 1, desired: 1, max: 1, timzone: UTC }
  wordpress:launcher:
  wordpress:database: [a]
wordpress:tags: {}
`);
    expect(lines.map((line) => line.replace(/ - allowed.*/, ""))).to.deep.equal([
      'Pulumi.dev.yaml:2: aws:region: "us-eest-1"',
      'Pulumi.dev.yaml:3: wordpres:network: "[not shown]"',
      'Pulumi.dev.yaml:5: fleet.capacty: {"min":1}',
      'Pulumi.dev.yaml:6: fleet.paused: "yes"',
      'Pulumi.dev.yaml:7: fleet.capacity.min: "1"',
      'Pulumi.dev.yaml:9: fleet.schedules.0.timzone: "UTC"',
      "Pulumi.dev.yaml:10: launcher: null",
      'Pulumi.dev.yaml:11: database: ["a"]',
      'Pulumi.dev.yaml:12: wordpress:tags: "[not shown]"',
    ]);
    expect(lines[0]).to.include("did you mean us-east-1?");
    expect(lines[2]).to.include("did you mean capacity?");
    expect(lines[5]).to.include("did you mean timeZone?");
  });

  for (const [text, allowed] of [
    ["", "config: with"],
    ["# nothing yet\n", "config: with"],
    ["config:\n", "config: with"],
    ["config: []\n", "config: with"],
    ["just text\n", "config: with"],
    ["confg:\n  aws:region: us-east-1\n", "did you mean config?"],
    ["aws:region: us-east-1\n", "below config:"],
  ] as const) {
    it(`refuses ${JSON.stringify(text)} with one line`, () => {
      const lines = linesOf(text);
      expect(lines).to.have.length(1);
      expect(lines[0])
        .to.match(/^Pulumi\.dev\.yaml:\d: /)
        .and.to.include(allowed);
    });
  }

  it("refuses groups that are nested below one key", () => {
    expect(
      linesOf("config:\n  aws:region: us-east-1\n  wordpress:\n    fleet: { sizing: manual }\n").join("\n"),
    )
      .to.include("Pulumi.dev.yaml:3: wordpress:wordpress")
      .and.to.include("wordpress:fleet");
  });

  it("refuses an encrypted value once, as no key is at hand", () => {
    const lines = linesOf(
      `${start}  aws:token: { secure: v1:abc }\n  wordpress:tags: { Owner: { secure: v1:def } }\n`,
    );
    expect(lines.map((line) => line.replace(/ - allowed.*/, ""))).to.deep.equal([
      'Pulumi.dev.yaml:4: aws:token: "[encrypted]"',
      'Pulumi.dev.yaml:5: tags.Owner: "[encrypted]"',
    ]);
  });

  it("refuses values that are right alone and wrong in their region", () => {
    const [line] = linesOf(`${start}  wordpress:network: { availabilityZones: [us-west-2a, us-west-2b] }\n`);
    expect(line).to.include("Pulumi.dev.yaml:4: network.availabilityZones.0");
  });

  it("finds the line of a tag whose key has dots", () => {
    const [line] = linesOf(`${start}  wordpress:tags:\n    a: b\n    "a.b.c": ""\n`);
    expect(line).to.include("Pulumi.dev.yaml:6: tags.a.b.c");
  });

  it("takes a newer region when Pulumi's own check is off", () => {
    const text = start.replace("us-east-1", "us-east-9").replace("manual", "manual, siteHealthCheck: false");
    expect(linesOf(text)[0]).to.include("aws:skipRegionValidation");
    expect(settle(`${text}  aws:skipRegionValidation: true\n`).region).to.equal("us-east-9");
  });
});
