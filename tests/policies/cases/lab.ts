import * as aws from "@pulumi/aws";

import { bad, type PolicyCases } from "./case";

export const lab: PolicyCases = {
  "lab-region-arg": bad(
    "lab-regions",
    (n) => new aws.ec2.Vpc(n, { cidrBlock: "10.0.0.0/16", region: "eu-west-1" }),
  ),
};
