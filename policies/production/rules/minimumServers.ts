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
        description: "The fewest servers a group always keeps: a whole number of at least 1.",
      }),
    },
  },
  [
    on("aws:autoscaling/group:Group", function* ({ minSize }, { minimumServers }) {
      if (minSize < minimumServers) {
        yield { at: "minSize", value: minSize, allowed: `at least ${String(minimumServers)}` };
      }
    }),
    on("aws:autoscaling/schedule:Schedule", function* ({ minSize }, { minimumServers }) {
      // -1 leaves it as it is.
      if (minSize !== undefined && minSize !== -1 && minSize < minimumServers) {
        yield { at: "minSize", value: minSize, allowed: `at least ${String(minimumServers)}` };
      }
    }),
  ],
);
