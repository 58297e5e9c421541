import type { Finding } from "../../support/finding";
import { ignores } from "../../support/resourceTypes";
import { on, resourceRule } from "../../support/rule";
import { wholeNumber } from "../../support/settings";

/** One server is none while it is being replaced. */
export const minimumServers = resourceRule(
  {
    name: "minimum-servers",
    displayName: "Two servers or more",
    description: "A group always keeps at least two servers.",
    why: "With a single server the site is down whenever it is replaced: by a failed health check, a new image or a failing zone.",
    severity: "high",
    fix: "Raise minSize, in scheduled actions too.",
    url: "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_fault_isolation_multiaz_region_system.html",
    counterparts: { fsbp: [], checkov: [], cdkNag: [] },
    settings: {
      minimumServers: wholeNumber({
        default: 2,
        minimum: 1,
        description: "The fewest servers a group always keeps",
      }),
    },
  },
  [
    on("aws:autoscaling/group:Group", ({ minSize }, { minimumServers }, group) =>
      // A minimum that the program leaves alone is an old one.
      ignores(group, "minSize") ? [] : judgeMinimum(minSize, minimumServers),
    ),
    on("golden-image:index:GroupSize", ({ minSize }, { minimumServers }) =>
      judgeMinimum(minSize, minimumServers),
    ),
    on("aws:autoscaling/schedule:Schedule", ({ minSize }, { minimumServers }) =>
      // -1 leaves it as it is.
      minSize === undefined || minSize === -1 ? [] : judgeMinimum(minSize, minimumServers),
    ),
  ],
);

function* judgeMinimum(minSize: number, minimumServers: number): Iterable<Finding> {
  if (minSize >= minimumServers) return;
  yield { at: "minSize", value: minSize, allowed: `at least ${String(minimumServers)}` };
}
