import { on, resourceRule } from "../../support/rule";

export const loadBalancerDeletionProtection = resourceRule(
  {
    name: "load-balancer-deletion-protection",
    displayName: "Load balancer protected from deletion",
    description: "A load balancer has deletion protection.",
    why: "A recreated load balancer has another DNS name and other addresses: every DNS record that points to the old one is wrong.",
    severity: "medium",
    topics: ["deletion-protection"],
    fix: "Set enableDeletionProtection to true.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-6",
    counterparts: { fsbp: ["ELB.6"], checkov: ["CKV_AWS_150"], cdkNag: [] },
    settings: {},
  },
  [
    on("aws:lb/loadBalancer:LoadBalancer", function* ({ enableDeletionProtection }) {
      if (enableDeletionProtection !== true) {
        yield { at: "enableDeletionProtection", value: enableDeletionProtection, allowed: "true" };
      }
    }),
  ],
);
