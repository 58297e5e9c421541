import type { Finding } from "../../support/finding";
import { ignores } from "../../support/resourceTypes";
import { on, resourceRule } from "../../support/rule";
import { wholeNumber } from "../../support/settings";

export const minimumServers = resourceRule(
  {
    name: "minimum-servers",
    displayName: "Two servers or more",
    description: "An Auto Scaling group always keeps at least two servers.",
    why: "With one server, the site is unavailable during every replacement: after a failed health check, for a new image or when a zone fails.",
    severity: "high",
    topics: ["availability", "capacity"],
    fix: "Raise minSize, in scheduled actions too.",
    url: "https://docs.aws.amazon.com/wellarchitected/latest/reliability-pillar/rel_fault_isolation_multiaz_region_system.html",
    counterparts: { fsbp: [], checkov: [], cdkNag: [] },
    settings: {
      minimumServers: wholeNumber({
        default: 2,
        minimum: 1,
        description: "The smallest allowed minimum of a group",
      }),
    },
  },
  [
    on("aws:autoscaling/group:Group", ({ minSize }, { minimumServers }, group) =>
      // A minimum that the program ignores is an old value.
      ignores(group, "minSize") ? [] : judgeMinimum(minSize, minimumServers),
    ),
    on("golden-image:index:GroupSize", ({ minSize }, { minimumServers }) =>
      judgeMinimum(minSize, minimumServers),
    ),
    on("aws:autoscaling/schedule:Schedule", ({ minSize }, { minimumServers }) =>
      // -1 does not change the minimum.
      minSize === undefined || minSize === -1 ? [] : judgeMinimum(minSize, minimumServers),
    ),
  ],
);

function* judgeMinimum(minSize: number, minimumServers: number): Iterable<Finding> {
  if (minSize >= minimumServers) return;
  yield { at: "minSize", value: minSize, allowed: `at least ${String(minimumServers)}` };
}
