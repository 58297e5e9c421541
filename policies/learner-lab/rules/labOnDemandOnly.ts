import { onAny, resourceRule } from "../../support/rule";
import { isRequestType, spotRequestsOf, spotTypes } from "../../support/views/servers/spot";
import { fromTheLab } from "../source";

export const labOnDemandOnly = resourceRule(
  {
    name: "lab-on-demand-only",
    displayName: "On-Demand instances only",
    description: "Instances are On-Demand Instances, without reservations.",
    why: "The lab denies Spot Instances and reservations.",
    severity: "medium",
    topics: ["account-limits"],
    fix: "Remove instanceMarketOptions, and every other request for Spot Instances or for reserved capacity.",
    ...fromTheLab,
    settings: {},
  },
  [
    {
      appliesTo: isRequestType,
      judge: ({ type }) => [{ at: "its type", value: type, allowed: "On-Demand Instances" }],
    },
    onAny(spotTypes, spotRequestsOf),
  ],
);
