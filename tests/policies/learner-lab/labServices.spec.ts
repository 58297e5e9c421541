import { expect } from "chai";

import { labServices } from "../../../policies/learner-lab/rules/labServices";
import { itPasses, itRefuses } from "../support/expectations";
import { anyFixture } from "../support/fixture";
import { judge, notApplicable } from "../support/judge";

describe("lab-services", () => {
  itPasses(labServices, "what the lab offers", anyFixture("aws:efs/fileSystem:FileSystem", "uploads"));
  const types = [
    "aws:imagebuilder/imagePipeline:ImagePipeline",
    "aws:budgets/budget:Budget",
    "aws:cloudfront/distribution:Distribution",
    "aws:s3/bucket:Bucket",
    "aws:s3/bucketV2:BucketV2",
    "aws:s3/directoryBucket:DirectoryBucket",
  ];
  for (const type of types) {
    itRefuses(labServices, type, anyFixture(type, "mine"), {
      at: "its type",
      value: type,
      allowed:
        "none of aws:imagebuilder/, aws:budgets/, aws:cloudfront/, aws:s3/bucket:, aws:s3/bucketV2:, aws:s3/directoryBucket:, aws:s3tables/tableBucket:, aws:lightsail/bucket:",
    });
  }
  itRefuses(
    labServices,
    "a type that its configuration lists",
    anyFixture("aws:efs/fileSystem:FileSystem", "uploads"),
    { at: "its type", value: "aws:efs/fileSystem:FileSystem", allowed: "none of aws:efs/" },
    { missing: ["aws:efs/"] },
  );

  it("does not apply to other providers' types", async () => {
    for (const type of ["random:index/randomPassword:RandomPassword", "pulumi:pulumi:Stack"]) {
      expect(await judge(labServices, anyFixture(type, "mine"))).to.deep.equal(notApplicable);
    }
  });
});
