import { on, resourceRule } from "../../support/rule";
import { fromTheLab } from "../source";

/** Resource types that request Spot Instances. */
const spotTypes = ["aws:ec2/spotInstanceRequest:", "aws:ec2/spotFleetRequest:"];

export const labOnDemandOnly = resourceRule(
  {
    name: "lab-on-demand-only",
    displayName: "On-Demand instances only",
    description: "Instances are On-Demand Instances.",
    why: "The lab denies Spot Instances and reservations.",
    severity: "medium",
    topics: ["account-limits"],
    fix: "Remove instanceMarketOptions, and every other request for Spot Instances.",
    ...fromTheLab,
    settings: {},
  },
  [
    {
      appliesTo: (type) => spotTypes.some((spot) => type.startsWith(spot)),
      judge: ({ type }) => [{ at: "its type", value: type, allowed: "On-Demand Instances" }],
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
      // The default is 100.
      const share = mixedInstancesPolicy?.instancesDistribution?.onDemandPercentageAboveBaseCapacity ?? 100;
      if (share !== 100) {
        const at = "mixedInstancesPolicy.instancesDistribution.onDemandPercentageAboveBaseCapacity";
        yield { at, value: share, allowed: "100" };
      }
    }),
  ],
);
