import type { Token } from "../../support/resourceTypes";
import { on, resourceRule } from "../../support/rule";

/** Resources with data that exists nowhere else, and resources that serve the site. */
const protectedTypes: readonly Token[] = [
  "aws:rds/instance:Instance",
  "aws:rds/cluster:Cluster",
  "aws:efs/fileSystem:FileSystem",
  "aws:ebs/volume:Volume",
  "aws:secretsmanager/secret:Secret",
  "aws:lb/loadBalancer:LoadBalancer",
  "aws:lb/listener:Listener",
  "aws:autoscaling/group:Group",
];

/** AWS's deletion protection acts too late: a destroy has then deleted half of the stack. */
export const pulumiProtect = resourceRule(
  {
    name: "pulumi-protect",
    displayName: "Protected from deletion and replacement",
    description:
      "Pulumi protects resources that contain data (databases, file systems, volumes, secrets) or serve the site (load balancers, listeners, Auto Scaling groups) from deletion and replacement.",
    why: "AWS has deletion protection for few of these types, and checks it last: by then a replacement has moved the servers to a new, empty database, and a destroy has deleted all resources on which no other resource depends.",
    severity: "high",
    topics: ["deletion-protection"],
    fix: "Set the resource option protect to true.",
    url: "https://www.pulumi.com/docs/iac/concepts/options/protect/",
    counterparts: { fsbp: [], checkov: [], cdkNag: [] },
    settings: {},
  },
  protectedTypes.map((type) =>
    on(type, function* (_props, _values, { opts }) {
      if (opts?.protect !== true) {
        yield { at: "options.protect", value: opts?.protect, allowed: "true" };
      }
    }),
  ),
);
