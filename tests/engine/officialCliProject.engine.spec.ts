import { AutoScaling } from "@aws-sdk/client-auto-scaling";
import { expect } from "chai";
import path from "node:path";

import {
  type CliProject,
  diagnosticsOf,
  type Ended,
  installPackages,
  openCliProject,
} from "../support/officialCli";

const accountId = "360000000002";

/** The commands of docs/on-aws.md for a project of your own, from `pulumi new` to `pulumi destroy`. */
describe("a project that pulumi new created", () => {
  let template: CliProject;
  let folder: string;

  before(async () => {
    template = await openCliProject(accountId, { packages: false });
    folder = path.join(template.folder, "..", "my-site");
    const made = ["new", template.folder, "--name", "my-site", "--dir", folder, "--generate-only", "--yes"];
    succeeded(await template.pulumi(made));
    await installPackages(folder);
    succeeded(await pulumi("stack", "init", "dev"));
  });
  after(() => template.close());

  const pulumi = (...words: readonly string[]) => template.pulumi(words, folder);
  const output = async (name: string) =>
    succeeded(await pulumi("stack", "output", name, "--stack", "dev")).output.trim();

  function succeeded(ended: Ended): Ended {
    expect(ended.status, ended.output).to.equal(0);
    expect(diagnosticsOf(ended)).not.to.match(/error|warning/);
    return ended;
  }

  it("is created with its settings, image and guardrails", async () => {
    const words = ["--stack", "dev", "--yes", "--skip-preview", "--policy-pack", "policies/guardrails"];
    const { output: printed } = succeeded(await pulumi("up", ...words));
    expect(printed).to.match(/golden-image:index:GoldenImage wordpress-image created/);
    expect(await output("siteUrl")).to.match(/^http:/);
  });

  for (const name of [
    "adminSecretArn",
    "loadBalancerDnsName",
    "launcherFunctionName",
    "autoScalingGroupName",
    "vpcId",
  ]) {
    it(`has the output ${name}`, async () => {
      expect(await output(name)).to.match(/\S/);
    });
  }

  it("has no change and no drift", async () => {
    const words = ["--stack", "dev", "--expect-no-changes"];
    succeeded(await pulumi("preview", ...words));
    succeeded(await pulumi("refresh", "--yes", "--skip-preview", ...words));
  });

  it("pauses", async () => {
    succeeded(await pulumi("config", "set", "--stack", "dev", "--path", "wordpress:fleet.paused", "true"));
    succeeded(await pulumi("up", "--stack", "dev", "--yes", "--skip-preview"));
    const autoScaling = new AutoScaling(template.emulator.clientConfig(accountId));
    const { AutoScalingGroups } = await autoScaling.describeAutoScalingGroups({});
    expect(AutoScalingGroups).to.have.length(1);
    expect(AutoScalingGroups?.[0]).to.include({ MinSize: 0, DesiredCapacity: 0 });
  });

  it("is destroyed completely", async () => {
    succeeded(await pulumi("destroy", "--stack", "dev", "--yes", "--skip-preview"));
    const { output: listed } = await pulumi("stack", "--stack", "dev", "--show-urns");
    expect(listed).to.include("Current stack resources (0)");
  });
});
