import { PolicyPack } from "@pulumi/policy";

import { rules } from "./rules";

new PolicyPack("learner-lab", {
  displayName: "Learner Lab",
  description: "What an AWS Academy Learner Lab account lets a student do.",
  provider: "aws",
  policies: [...rules],
});
