import { minimumServers } from "../../../policies/production/rules/minimumServers";
import { itPasses, itRefuses } from "../support/expectations";
import { fixture, spoil } from "../support/fixture";

const group = fixture("aws:autoscaling/group:Group", "fleet", { minSize: 2 });
const action = fixture("aws:autoscaling/schedule:Schedule", "night", { minSize: 2 });

describe("minimum-servers", () => {
  itPasses(
    minimumServers,
    "two servers, and actions that do not change the minimum",
    group,
    action,
    spoil(action, { minSize: -1 }),
    spoil(action, { minSize: undefined }),
  );
  const expected = { at: "minSize", value: 1, allowed: "at least 2" };
  itRefuses(minimumServers, "a group of one", spoil(group, { minSize: 1 }), expected);
  const size = fixture("golden-image:index:GroupSize", "fleet", { minSize: 2 });
  itPasses(
    minimumServers,
    "an old minimum of a group that ignores it because of a GroupSize",
    { ...spoil(group, { minSize: 1 }), opts: { ignoreChanges: ["minSize"] } },
    size,
  );
  itRefuses(minimumServers, "a GroupSize of one", spoil(size, { minSize: 1 }), expected);
  itRefuses(minimumServers, "an action with a minimum of one", spoil(action, { minSize: 1 }), expected);
  itRefuses(
    minimumServers,
    "fewer servers than the configuration requires",
    group,
    { ...expected, value: 2, allowed: "at least 3" },
    { minimumServers: 3 },
  );

  const once = "at least 1, so that not all servers are replaced at once";
  itPasses(
    minimumServers,
    "a refresh and a maintenance policy that keep servers",
    spoil(group, {
      instanceRefresh: { strategy: "Rolling", preferences: { minHealthyPercentage: 50 } },
      instanceMaintenancePolicy: { minHealthyPercentage: 90, maxHealthyPercentage: 120 },
    }),
    spoil(group, { instanceRefresh: { strategy: "Rolling" } }),
  );
  itRefuses(
    minimumServers,
    "a refresh of all servers at once",
    spoil(group, { instanceRefresh: { strategy: "Rolling", preferences: { minHealthyPercentage: 0 } } }),
    { at: "instanceRefresh.preferences.minHealthyPercentage", value: 0, allowed: once },
  );
  itRefuses(
    minimumServers,
    "maintenance of all servers at once",
    spoil(group, { instanceMaintenancePolicy: { minHealthyPercentage: 0, maxHealthyPercentage: 100 } }),
    { at: "instanceMaintenancePolicy.minHealthyPercentage", value: 0, allowed: once },
  );
});
