import { PolicyPack } from "@pulumi/policy";

import { rules } from "./rules";

new PolicyPack("guardrails", {
  displayName: "Guardrails",
  description: "What holds for every stack of the WordPress program.",
  provider: "aws",
  policies: [...rules],
});
