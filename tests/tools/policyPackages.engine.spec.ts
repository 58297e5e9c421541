import { expect } from "chai";
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

import { daysLater, today } from "../../policies/exceptions/day";
import { buildPacks, packageFile } from "../../tools/policyPackages";
import { openCliProject, type CliProject, type Ended } from "../support/officialCli";

const modules = path.resolve(__dirname, "../../node_modules");

/** A program that has nothing of ours but the packages. */
const program = `
const aws = require("@pulumi/aws");
const tags = { Project: "shop", Stack: "live", ManagedBy: "pulumi" };
const vpc = new aws.ec2.Vpc("shop", { cidrBlock: "10.0.0.0/16" });
const group = new aws.ec2.SecurityGroup("shop", { vpcId: vpc.id, tags });
new aws.vpc.SecurityGroupIngressRule("shop", {
  securityGroupId: group.id, ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIpv4: "0.0.0.0/0", tags,
});
`;

describe("a policy pack's package in another project", () => {
  let cli: CliProject;
  let shop: string;

  before(async () => {
    cli = await openCliProject("360000000016");
    shop = await mkdtemp(path.join(tmpdir(), "shop-"));
    await writeFile(path.join(shop, "package.json"), JSON.stringify({ name: "shop", main: "index.js" }));
    await writeFile(path.join(shop, "Pulumi.yaml"), "{ name: shop, runtime: nodejs }");
    await writeFile(path.join(shop, "index.js"), program);
    await writeFile(path.join(shop, "Pulumi.live.yaml"), "config: { aws:region: us-east-1 }");
    for (const name of ["@pulumi/aws", "@pulumi/pulumi", "@pulumi/policy"]) {
      await mkdir(path.join(shop, "node_modules/@pulumi"), { recursive: true });
      await symlink(path.join(modules, name), path.join(shop, "node_modules", name));
    }
    for (const built of await buildPacks(path.join(shop, "packs"))) {
      // As `npm install FILE` does, without its downloads.
      const folder = path.join(shop, "node_modules", built.packageName);
      await mkdir(folder);
      const file = await packageFile(built);
      await promisify(execFile)("tar", ["-xzf", file, "--strip-components=1", "-C", folder]);
    }
    await cli.pulumi(["stack", "init", "live"], shop);
  });
  after(async () => {
    await cli.close();
    await rm(shop, { recursive: true });
  });

  const preview = (...words: readonly string[]): Promise<Ended> =>
    cli.pulumi(["preview", "--stack", "live", ...words], shop);

  /** The arguments of a pack with a configuration. */
  const configured = async (configuration: object) => {
    await writeFile(path.join(shop, "policies.json"), JSON.stringify(configuration));
    return [
      "--policy-pack",
      "node_modules/wordpress-on-aws-guardrails",
      "--policy-pack-config",
      "policies.json",
    ];
  };

  it("refuses what breaks a rule, with the fix, and nothing of the program that keeps the rules", async () => {
    const { status, output } = await preview("--policy-pack", "node_modules/wordpress-on-aws-guardrails");
    expect(status, output).to.not.equal(0);
    expect(output).to.contain('cidrIpv4 is "0.0.0.0/0".').and.to.contain("Fix: Allow only the needed");
    const refused = [...output.matchAll(/\[mandatory\].* {2}(\S+) {2}\((\S+): /g)];
    // required-tags reports each of the three tags.
    const unique = new Set(refused.map(([, rule = "", type = ""]) => `${rule} ${type}`));
    expect([...unique].sort()).to.deep.equal([
      "no-ports-open-to-world aws:vpc:SecurityGroupIngressRule",
      "required-tags aws:ec2:Vpc",
    ]);
  });

  it("takes levels and thresholds from the project's own file", async () => {
    const { status, output } = await preview(
      ...(await configured({
        "no-ports-open-to-world": { enforcementLevel: "advisory" },
        "required-tags": { tags: [] },
      })),
    );
    expect(status, output).to.equal(0);
    expect(output).to.contain("no-ports-open-to-world");
    expect(output).not.to.contain("required-tags");
  });

  it("refuses a wrong threshold in one sentence", async () => {
    const { status, output } = await preview(...(await configured({ "required-tags": { tags: "Team" } })));
    expect(status).to.not.equal(0);
    expect(output).to.contain('required-tags.tags: "Team" - allowed: ');
  });

  it("accepts a violation until a day, and keeps it visible", async () => {
    const until = daysLater(today(), 30);
    const exception = {
      ...{ resource: "shop", stack: "live", reason: "The office moves", owner: "web team", until },
      criticalTopic: "network-exposure",
    };
    const { status, output } = await preview(
      ...(await configured({
        "no-ports-open-to-world": { exceptions: [exception] },
        "required-tags": { tags: [] },
      })),
    );
    expect(status, output).to.equal(0);
    expect(output).to.contain(`excepted until ${until}, because The office moves`);
  });

  it("applies several packs at once", async () => {
    const { output } = await preview(
      "--policy-pack",
      "node_modules/wordpress-on-aws-guardrails",
      "--policy-pack",
      "node_modules/wordpress-on-aws-production",
    );
    expect(output)
      .to.match(/guardrails@v\S+ \(local/)
      .and.to.match(/production@v\S+ \(local/);
  });
});
