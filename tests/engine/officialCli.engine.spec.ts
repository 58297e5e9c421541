import { expect } from "chai";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { openBakingSite } from "../components/wordpressFleet/goldenImage/site";
import { type CliProject, diagnosticsOf, type Ended, openCliProject } from "../support/officialCli";

const accountId = "360000000001";

/** The program as a user runs it: with Pulumi's own command line, files and processes. */
describe("Pulumi's command line in a checkout", () => {
  let project: CliProject;
  let good: Ended;

  before(async () => {
    project = await openCliProject(accountId);
    await project.pulumi(["stack", "init", "dev"]);
    // The first run fills the caches of TypeScript and of compiled code.
    await preview();
    good = await preview("--policy-pack", "policies/guardrails");
  });
  after(() => project.close());

  const preview = (...words: readonly string[]) => project.pulumi(["preview", "--stack", "dev", ...words]);

  /** Runs with a changed text in a file of the project. */
  async function changed(
    name: string,
    change: (text: string) => string,
    work: () => Promise<Ended>,
  ): Promise<Ended> {
    const file = path.join(project.folder, name);
    const before = await readFile(file, "utf8");
    try {
      await writeFile(file, change(before));
      return await work();
    } finally {
      await writeFile(file, before);
    }
  }

  it("previews dev under its guardrails", () => {
    expect(good.status, good.output).to.equal(0);
    expect(diagnosticsOf(good)).to.equal("");
    expect(good.output)
      .to.match(/guardrails@v\S+ \(local/)
      .and.to.match(/\+ \d+ to create/);
  });

  it("prints every wrong setting and nothing else, in less time than a preview", async () => {
    const wrong = await changed(
      "Pulumi.dev.yaml",
      (text) =>
        text
          .replace("natGateways: none", "natGateways: two")
          .replace("cron(0 9", "cron(0 99")
          .replace("storageType: gp2", "engineVersion: 11.10")
          .concat("wordpress:tags: { Team: web }\n"),
      () => preview("--policy-pack", "policies/guardrails"),
    );
    expect(wrong.status).to.equal(1);
    const lines = diagnosticsOf(wrong)
      .split("\n")
      .map((line) => line.replace(/^( +Pulumi\.dev\.yaml:)\d+/, "$1LINE"));
    expect(lines).to.deep.equal([
      "  pulumi:pulumi:Stack (wordpress-dev):",
      "    error: Pulumi.dev.yaml: 4 settings are wrong; nothing was changed.",
      '      Pulumi.dev.yaml:LINE: network.natGateways: "two" - allowed: one of none, single, perAz',
      '      Pulumi.dev.yaml:LINE: database.engineVersion: 11.1 - allowed: one of 10.11, 11.4, 11.8; in quotes, as YAML does not read 11.10 as text: "11.10"',
      '      Pulumi.dev.yaml:LINE: launcher.schedule: "cron(0 99 ? * MON-FRI *)" - allowed: hours: 0 to 23, low-high, lists with commas, start/step with a step of 1 to 23, or * (99 is not)',
      '      Pulumi.dev.yaml:LINE: wordpress:tags: "[not shown]" - allowed: settings below config:, indented by two spaces; Pulumi ignores them here',
    ]);
    expect(wrong.cpuSeconds).to.be.at.most(good.cpuSeconds);
  });

  it("refuses every wrong threshold in the sentences of npm run policy", async () => {
    const file = path.join(project.folder, "thresholds.json");
    const thresholds = {
      "lambda-timeout": { maximumTimeoutSeconds: 9000 },
      "lambda-package": { maximumUnzipedMiB: 100 },
      "several-zones": { minimumZones: "two" },
    };
    await writeFile(file, JSON.stringify(thresholds));
    const wrong = await preview("--policy-pack", "policies/guardrails", "--policy-pack-config", file);
    expect(wrong.status).to.equal(1);
    expect(diagnosticsOf(wrong)).to.equal(
      "  pulumi:pulumi:Stack (wordpress-dev):\n    error: preview failed",
    );
    expect(wrong.output)
      .to.contain("lambda-timeout.maximumTimeoutSeconds: 9000 - allowed: a whole number from 1 to 900\n")
      .and.to.contain('several-zones.minimumZones: "two" - allowed: a whole number from 1 to 6\n')
      .and.to.contain(
        "lambda-package.maximumUnzipedMiB: the rule has no such setting; did you mean maximumUnzippedMiB?\n",
      );
  });

  it("takes a database's version without quotes", async () => {
    const previewed = await changed(
      "Pulumi.dev.yaml",
      (text) => text.replace("storageType: gp2", "engineVersion: 11.8"),
      () => preview(),
    );
    expect(diagnosticsOf(previewed)).to.equal("");
    expect(previewed.status).to.equal(0);
  });

  it("prints an error in a component's constructor without a trace", async () => {
    const program = `import { Network } from "./components/network/network";
export = () => { new Network("Site", { natGateways: "two" } as never); };`;
    const failed = await changed(
      "index.ts",
      () => program,
      () => preview(),
    );
    expectClean(failed, [
      /^ {4}error: Network "Site": \d settings are wrong; nothing was changed\.\n +name: "Site" - allowed: /m,
    ]);
  });

  it("prints each error of a value that is known late, without a trace, once", async () => {
    const program = `import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { imageById } from "./components/shared/images";
import { severalSubnets } from "./components/settings/subnets";
import { databaseAuthority } from "./components/shared/databaseAuthority";
import { compressUserData } from "./components/wordpressFleet/server/pack";
import { randomBytes } from "node:crypto";

export = () => {
  const parent = new pulumi.ComponentResource("test:index:Parent", "parent");
  const subnetIds = severalSubnets('Database "site"', "subnetIds", pulumi.output(["subnet-1"]));
  new aws.rds.SubnetGroup("site", { subnetIds });
  new aws.sns.Topic("site", { displayName: subnetIds.apply(([id]) => id ?? "") });
  const authority = pulumi.output("mars-1").apply(databaseAuthority);
  const content = randomBytes(20_000).toString("base64");
  const userData = pulumi.output(content).apply((text) => compressUserData(text));
  const need = { setting: "fleet.image.amiId", instanceType: "t3.micro", parent };
  const { rootDeviceName } = imageById(pulumi.output("ami-0123456789abcdef0"), need);
  new aws.ssm.Parameter("device", { type: "String", value: rootDeviceName });
  return { authority, userData };
};`;
    const failed = await changed(
      "index.ts",
      () => program,
      () => preview(),
    );
    expectClean(failed, [
      /error: Database "site": 1 setting is wrong; nothing was changed\.\n +subnetIds: \["subnet-1"\] - allowed: /,
      /error: The RDS authority \S+ is unknown for the region "mars-1"\. Known: /,
      /error: The user data takes \d+ bytes compressed; EC2 allows 16384\./,
      /error: The AMI ami-0123456789abcdef0 must exist in the region.* Set fleet\.image\.amiId .*\n +invocation of /,
    ]);
  });

  it("prints why an image could not be baked, without a trace, once", async () => {
    const { inputs } = await openBakingSite(project.emulator.clientConfig(accountId));
    const image = JSON.stringify({ ...inputs, publicAddress: false, timeoutMinutes: 10 });
    const program = `import { GoldenImage } from "./components/wordpressFleet/goldenImage/goldenImage";
export = () => ({ id: new GoldenImage("site-image", ${image}).id });`;
    const failed = await changed(
      "index.ts",
      () => program,
      () => project.pulumi(["up", "--stack", "dev", "--yes", "--skip-preview"]),
    );
    const diagnostics = diagnosticsOf(failed);
    expect(diagnostics)
      .to.match(/error: The builder i-\w+ failed: packages: no package list/)
      .and.include("The builder and the unfinished image were removed.");
    expect(diagnostics).not.to.match(/^\s+at |node_modules|unhandled/m);
    expect(failed.status).to.equal(1);
  });

  /** Expects the messages, each once, and nothing else, within the time of a preview. */
  function expectClean(failed: Ended, messages: readonly RegExp[]): void {
    const diagnostics = diagnosticsOf(failed);
    for (const message of messages) expect(diagnostics).to.match(message);
    expect(diagnostics.match(/^ {4}error: /gm), diagnostics).to.have.length(messages.length);
    expect(diagnostics).not.to.match(/^\s+at |node_modules|unhandled/m);
    expect(failed.status).to.equal(1);
    expect(failed.cpuSeconds).to.be.at.most(good.cpuSeconds);
  }

  it("prints the trace of a programming error with its file and line, without a delay", async () => {
    const failing = `import { output } from "@pulumi/pulumi";

interface Site { readonly name: string }

function nameOf(site: Site | undefined): string {
  return site!.name;
}
`;
    const failed = await changed(
      "index.ts",
      (program) =>
        failing +
        program.replace(
          "\n    siteUrl: fleet.url,",
          "\n    siteUrl: output(1).apply(() => nameOf(undefined)),",
        ),
      () => preview(),
    );
    expect(failed.status).to.equal(1);
    expect(diagnosticsOf(failed))
      .to.include("TypeError: Cannot read properties of undefined (reading 'name')")
      .and.to.match(/at nameOf \(\S+index\.ts:6:\d+\)/);
    expect(failed.cpuSeconds).to.be.at.most(good.cpuSeconds);
  });

  it("sets settings by their paths, and keeps the comments of the file", async () => {
    const file = path.join(project.folder, "Pulumi.dev.yaml");
    const comments = async () => (await readFile(file, "utf8")).match(/#.*/g);
    const before = await comments();
    for (const [setting, value] of [
      ["wordpress:fleet.capacity.max", "1"],
      ["wordpress:database.engineVersion", "11.4"],
    ] as const) {
      const set = await project.pulumi(["config", "set", "--stack", "dev", "--path", setting, value]);
      expect(set.status, set.output).to.equal(0);
    }
    expect(await comments()).to.deep.equal(before);
    const { status, output } = await preview();
    expect(status, output).to.equal(0);
    expect(output).not.to.include("settings are wrong");
  });

  it("refuses a setting in another namespace, and names the right one", async () => {
    await project.pulumi(["config", "set", "--stack", "dev", "--path", "wordpres:fleet.paused", "true"]);
    const failed = await preview();
    await project.pulumi(["config", "rm", "--stack", "dev", "wordpres:fleet"]);
    expect(diagnosticsOf(failed)).to.include(
      'wordpres:fleet: "[not shown]" - allowed: wordpress:fleet, whatever the project is called',
    );
  });
});
