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
});
