import type { Finding } from "../../support/finding";
import { required } from "../../support/required";
import { ignores, type PropsOf } from "../../support/resourceTypes";
import { on, resourceRule } from "../../support/rule";
import { wholeNumber } from "../../support/settings";
import { judgeEach } from "../../support/unknown";

export const minimumServers = resourceRule(
  {
    name: "minimum-servers",
    displayName: "Two servers or more",
    description: "An Auto Scaling group always keeps at least two servers, and replaces one that failed.",
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
    on("aws:autoscaling/group:Group", function* (props, { minimumServers }, group) {
      // A minimum that the program ignores is an old value.
      if (!ignores(group, "minSize")) yield* judgeMinimum("minSize", props.minSize, minimumServers);
      yield* judgeProcesses(props.suspendedProcesses ?? []);
      yield* judgeReplacements(props);
    }),
    on("golden-image:index:GroupSize", ({ minSize }, { minimumServers }) =>
      judgeMinimum("minSize", minSize, minimumServers),
    ),
    on("aws:eks/nodeGroup:NodeGroup", ({ scalingConfig }, { minimumServers }) =>
      judgeMinimum("scalingConfig.minSize", required(scalingConfig, "scalingConfig").minSize, minimumServers),
    ),
    on("aws:autoscaling/schedule:Schedule", (props, { minimumServers }) =>
      judgeEach(scheduledSizes, (property) => {
        const size = props[property];
        // -1 does not change the size.
        return size === undefined || size === -1 ? [] : judgeMinimum(property, size, minimumServers);
      }),
    ),
  ],
);

/** A group runs at most its maximum and starts its desired capacity: each limits the number of servers. */
const scheduledSizes = ["minSize", "desiredCapacity", "maxSize"] as const;

function* judgeMinimum(at: string, size: number, minimumServers: number): Iterable<Finding> {
  if (size >= minimumServers) return;
  yield { at, value: size, allowed: `at least ${String(minimumServers)}` };
}

/** The processes without which a group does not replace a failed server. */
const needed = ["Launch", "HealthCheck", "ReplaceUnhealthy"];

function judgeProcesses(suspended: readonly string[]): Iterable<Finding> {
  return judgeEach(suspended, (value, index) =>
    needed.includes(value)
      ? [
          {
            at: `suspendedProcesses[${String(index)}]`,
            value,
            allowed: `none of ${needed.join(", ")}`,
            fix: "Resume the process: without it the group does not replace a failed server.",
          },
        ]
      : [],
  );
}

function* judgeReplacements({
  instanceRefresh,
  instanceMaintenancePolicy,
}: PropsOf<"aws:autoscaling/group:Group">): Iterable<Finding> {
  const percentages = [
    {
      at: "instanceRefresh.preferences.minHealthyPercentage",
      value: instanceRefresh?.preferences?.minHealthyPercentage,
    },
    {
      at: "instanceMaintenancePolicy.minHealthyPercentage",
      value: instanceMaintenancePolicy?.minHealthyPercentage,
    },
  ];
  for (const { at, value } of percentages) {
    if (value === 0) yield { at, value, allowed: "at least 1, so that not all servers are replaced at once" };
  }
}
