import { on, resourceRule } from "../../support/rule";
import { fromTheLab } from "../source";

/** Types that are nothing but requests for spot servers. */
const spotTypes = ["aws:ec2/spotInstanceRequest:", "aws:ec2/spotFleetRequest:"];

/** The lab has no other way to buy a server. */
export const labOnDemandOnly = resourceRule(
  {
    name: "lab-on-demand-only",
    displayName: "On demand only",
    description: "Servers are bought on demand.",
    why: "The lab denies spot servers and reservations.",
    severity: "medium",
    fix: "Leave instanceMarketOptions out, and everything that asks for spot servers.",
    ...fromTheLab,
    settings: {},
  },
  [
    {
      appliesTo: (type) => spotTypes.some((spot) => type.startsWith(spot)),
      judge: ({ type }) => [{ at: "its type", value: type, allowed: "on-demand servers" }],
    },
    on("aws:ec2/launchTemplate:LaunchTemplate", function* ({ instanceMarketOptions }) {
      if (instanceMarketOptions !== undefined) {
        const value = instanceMarketOptions.marketType;
        yield { at: "instanceMarketOptions.marketType", value, allowed: "no market options" };
      }
    }),
    on("aws:ec2/instance:Instance", function* ({ instanceMarketOptions }) {
      if (instanceMarketOptions !== undefined) {
        const value = instanceMarketOptions.marketType;
        yield { at: "instanceMarketOptions.marketType", value, allowed: "no market options" };
      }
    }),
    on("aws:autoscaling/group:Group", function* ({ mixedInstancesPolicy }) {
      // AWS takes 100 where nothing is said.
      const share = mixedInstancesPolicy?.instancesDistribution?.onDemandPercentageAboveBaseCapacity ?? 100;
      if (share !== 100) {
        const at = "mixedInstancesPolicy.instancesDistribution.onDemandPercentageAboveBaseCapacity";
        yield { at, value: share, allowed: "100" };
      }
    }),
  ],
);
