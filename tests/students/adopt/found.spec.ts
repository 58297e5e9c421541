import { expect } from "chai";

import { foundByArn } from "../../../students/adopt/arns";
import { importIdOf, programName, type Found } from "../../../students/adopt/found";

const queues = "https://sqs.us-east-1.amazonaws.com";
const at = (service: string, resource: string) => `arn:aws:${service}:us-east-1:111111111111:${resource}`;

describe("the import id of a resource that an account has", () => {
  it("is the one that the provider documents for its kind", () => {
    const ids = [
      [at("sqs", "jobs-1a2b3c4"), `${queues}/111111111111/jobs-1a2b3c4`],
      [at("rds", "db:site-1a2b3c4"), "site-1a2b3c4"],
      [at("logs", "log-group:/aws/rds/instance/site/error:*"), "/aws/rds/instance/site/error"],
      [at("cloudwatch", "alarm:site errors"), "site errors"],
      [at("elasticfilesystem", "file-system/fs-12"), "fs-12"],
      [at("lambda", "function:launcher"), "launcher"],
      [at("secretsmanager", "secret:admin-x"), at("secretsmanager", "secret:admin-x")],
      [at("elasticloadbalancing", "targetgroup/web/12"), at("elasticloadbalancing", "targetgroup/web/12")],
    ] as const;
    for (const [arn, id] of ids) expect(foundByArn(arn, "any", queues)?.id, arn).to.equal(id);
  });

  it("does not exist for kinds that the program does not create, such as automatic snapshots", () => {
    expect(foundByArn(at("rds", "snapshot:rds:site-2026-12-01"), "site", queues)).to.equal(undefined);
    expect(foundByArn(at("ec2", "instance/i-12"), "server", queues)).to.equal(undefined);
    expect(foundByArn(at("lambda", "function:launcher:1"), "launcher", queues)).to.equal(undefined);
  });

  it("is that of the same type and name, or of the only one of the type", () => {
    const found: readonly Found[] = [
      { type: "subnet", name: "public-1", id: "subnet-1" },
      { type: "subnet", name: "public-2", id: "subnet-2" },
      { type: "template", name: "server", id: "lt-1" },
    ];
    expect(importIdOf(found, "subnet", "public-2")).to.equal("subnet-2");
    expect(importIdOf(found, "subnet", "private-1")).to.equal(undefined);
    expect(importIdOf(found, "template", "bootstrap")).to.equal("lt-1");
    expect(importIdOf(found, "vpc", "site")).to.equal(undefined);
  });

  it("belongs to the name in the program, without the generated suffix", () => {
    expect(programName("wordpress-fleet-6cf25ae")).to.equal("wordpress-fleet");
    expect(programName("own-name")).to.equal("own-name");
  });
});
