import { expect } from "chai";
import { readFile, rm } from "node:fs/promises";
import path from "node:path";

import { openLocalRun, succeeded, type LocalRun } from "../support/localRun";

describe("the AWS CLI and the Pulumi CLI on a stack of the emulator", () => {
  let local: LocalRun;
  let accountId: string | undefined;
  let siteUrl: unknown;

  before(async () => {
    local = await openLocalRun();
    const facts = succeeded(await local.run("up"));
    ({ accountId } = facts);
    siteUrl = facts.outputs["siteUrl"];
  });
  after(() => local.close());

  const aws = (...words: readonly string[]) => local.through(["aws", ...words]);
  const pulumi = (...words: readonly string[]) => local.through(["pulumi", ...words]);

  describe("npm run local -- aws", () => {
    it("prints the AWS CLI's version, of the emulator's Python environment", async () => {
      const { status, stdout } = await aws("--version");
      expect(status).to.equal(0);
      expect(stdout).to.match(/^aws-cli\/1\.\d+\.\d+ Python\/3/);
    });

    it("uses the stack's account, whichever profile and endpoint the user has", async () => {
      const user = {
        AWS_PROFILE: "missing",
        AWS_ACCESS_KEY_ID: "other",
        AWS_ENDPOINT_URL: "http://127.0.0.1:9",
      };
      const { status, stdout, stderr } = await local.through(["aws", "sts", "get-caller-identity"], user);
      expect(status, stderr).to.equal(0);
      expect(JSON.parse(stdout)).to.include({ Account: accountId });
    });

    it("shows the database in us-east-1, where version 1 of the AWS CLI would call AWS", async () => {
      const { status, stdout } = await aws("rds", "describe-db-instances", "--query", "DBInstances[].Engine");
      expect(status).to.equal(0);
      expect(JSON.parse(stdout)).to.deep.equal(["mariadb"]);
    });

    it("finds the stack's servers, in the stack's region", async () => {
      const query = "Reservations[].Instances[].Placement.AvailabilityZone";
      const { stdout } = await aws("ec2", "describe-instances", "--query", query, "--output", "text");
      expect(stdout.trim().split(/\s+/)).to.include.members(["us-east-1a", "us-east-1b"]);
    });

    for (const [service, operation] of [
      ["rds", "describe-db-instances"],
      ["sqs", "list-queues"],
      ["elbv2", "describe-load-balancers"],
      ["efs", "describe-file-systems"],
      ["secretsmanager", "list-secrets"],
    ] as const) {
      it(`finds the stack's resources in ${service}`, async () => {
        const { status, stdout, stderr } = await aws(service, operation, "--output", "text");
        expect(status, stderr).to.equal(0);
        expect(stdout).to.contain("wordpress-");
      });
    }

    it("uses the account and the region of another stack", async () => {
      await local.add("seoul", { "aws:region": "ap-northeast-2" });
      const words = [
        "--stack",
        "seoul",
        "aws",
        "ec2",
        "describe-availability-zones",
        "--query",
        "AvailabilityZones[0].ZoneName",
      ];
      expect((await local.through(words)).stdout.trim()).to.equal('"ap-northeast-2a"');
      const identity = await local.through(["--stack", "seoul", "aws", "sts", "get-caller-identity"]);
      expect(JSON.parse(identity.stdout)).to.not.include({ Account: accountId });
    });

    it("ends with the AWS CLI's exit status, and prints its error", async () => {
      const { status, stdout, stderr } = await aws(
        "ec2",
        "describe-instances",
        "--instance-ids",
        "i-0123456789abcdef0",
      );
      expect(status).to.be.greaterThan(0);
      expect(stdout).to.equal("");
      expect(stderr).to.contain("InvalidInstanceID.NotFound");
    });
  });

  describe("npm run local -- pulumi", () => {
    it("prints the stack's outputs", async () => {
      expect((await pulumi("stack", "output", "siteUrl")).stdout.trim()).to.equal(siteUrl);
    });

    it("lists the stacks", async () => {
      expect((await pulumi("stack", "ls")).stdout).to.match(/^local\*/m);
    });

    it("exports the state into a file of the user's folder", async () => {
      const file = `exported-${process.pid}.json`;
      try {
        expect((await pulumi("stack", "export", "--file", file)).status).to.equal(0);
        expect(await readFile(file, "utf8")).to.contain("wordpress:fleet:WordPressFleet");
      } finally {
        await rm(file, { force: true });
      }
    });

    it("changes a setting in the user's own file, with its comments", async () => {
      const file = path.join(local.folders.project, "Pulumi.local.yaml");
      const comments = /^\s*#.*/gm;
      const before = await readFile(file, "utf8");
      const { status, stderr } = await pulumi(
        "config",
        "set",
        "--path",
        "wordpress:fleet.targetTracking.cpuPercent",
        "70",
      );
      expect(status, stderr).to.equal(0);
      const after = await readFile(file, "utf8");
      expect(after)
        .to.match(/cpuPercent: 70/)
        .and.not.contain("secretsprovider");
      expect(after.match(comments)).to.deep.equal(before.match(comments));
    });

    it("previews and updates the stack under its policy packs, with the program", async () => {
      const preview = await pulumi("preview", "--non-interactive");
      expect(preview.stdout, preview.stderr).to.match(/autoscaling:Policy .*wordpress-cpu update/);
      expect(preview.stdout).to.contain("policies@v1.0.0");
      const up = await pulumi("up", "--yes", "--non-interactive");
      expect(up.status, up.stderr).to.equal(0);
      const query = "ScalingPolicies[].TargetTrackingConfiguration.TargetValue";
      const { stdout } = await aws("autoscaling", "describe-policies", "--query", query, "--output", "text");
      expect(stdout.trim()).to.equal("70.0");
    });

    it("leaves a stack in which npm run local finds no change", async () => {
      expect(succeeded(await local.run("up")).changes).to.deep.equal({});
    });

    it("ends with the Pulumi CLI's exit status, and prints its error", async () => {
      const { status, stderr } = await pulumi("stack", "output", "missing");
      expect(status).to.be.greaterThan(0);
      expect(stderr).to.contain("'missing'");
    });

    it("refuses what cannot work here, and prints the reason", async () => {
      const { status, stderr } = await pulumi("stack", "output", "--stack", "dev");
      expect(status).to.equal(2);
      expect(stderr).to.contain("the option --stack before the word pulumi names the stack");
    });
  });

  describe("without the emulator", () => {
    before(async () => succeeded(await local.run("stop")));

    it("aws refuses, with the command that starts it", async () => {
      const { status, stderr } = await aws("sts", "get-caller-identity");
      expect(status).to.equal(1);
      expect(stderr)
        .to.contain("is not running")
        .and.to.contain(`npm run local -- ${local.options.join(" ")}`);
    });

    it("pulumi reads the state, and starts nothing", async () => {
      expect((await pulumi("stack", "output", "siteUrl")).stdout.trim()).to.equal(siteUrl);
      expect(succeeded(await local.run("status"))).to.not.have.property("endpoint");
    });
  });
});
