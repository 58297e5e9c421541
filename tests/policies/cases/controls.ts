import * as aws from "@pulumi/aws";

import { bad, good, type PolicyCases } from "./case";
import { makeSite, world } from "./parts";

/** Whether the run itself works. */
export const controls: PolicyCases = {
  "ctl-good-site": good((n) => makeSite(n), "alarms-present"),
  "ctl-bad-ssh": bad(
    "no-ports-open-to-world",
    (n) =>
      new aws.ec2.SecurityGroup(n, {
        ingress: [{ protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: [world] }],
      }),
  ),
};
