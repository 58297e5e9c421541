import type { Token } from "../../support/resourceTypes";
import { on, resourceRule } from "../../support/rule";

/** What holds data that exists nowhere else, and what serves the site. */
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

/** AWS's deletion protection comes too late: a destroy has deleted half of the stack when it meets it. */
export const pulumiProtect = resourceRule(
  {
    name: "pulumi-protect",
    displayName: "Protected from destroy and replacement",
    description:
      "Pulumi refuses to delete or replace what holds data (databases, file systems, volumes, secrets) or serves the site (load balancers, listeners, Auto Scaling groups).",
    why: "AWS's deletion protection exists for few of these, and is asked last: a replacement has then moved the servers to a new, empty database, and a destroy has deleted what nothing depends on.",
    severity: "high",
    fix: "Give the resource the option protect: true. For this program's own: database.deletionProtection, fleet.loadBalancerDeletionProtection and fleet.dataDeletionProtection.",
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
