import { PolicyPack } from "@pulumi/policy";

import { rules } from "./rules";

new PolicyPack("production", {
  displayName: "Production",
  description: "What holds besides for a site that people rely on.",
  provider: "aws",
  policies: [...rules],
});
