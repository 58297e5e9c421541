import { resourceRule } from "../../support/rule";
import { strings } from "../../support/settings";
import { fromTheLab } from "../source";

/** Not listed by the lab, or known to be denied there. */
export const labServices = resourceRule(
  {
    name: "lab-services",
    displayName: "Services of the lab",
    description: "Nothing is made in a service that the lab does not offer.",
    why: "Image Builder, Budgets and CloudFront are not among the lab's services, and an organisation's policy denies some calls to S3 that a bucket's making needs.",
    severity: "medium",
    fix: "Leave it out in the lab: bake images from a server, watch the budget in the lab's own page.",
    ...fromTheLab,
    settings: {
      missing: strings({
        default: ["aws:imagebuilder/", "aws:budgets/", "aws:cloudfront/", "aws:s3/bucket:"],
        description: "The resource types that the lab does not offer",
        of: "prefixes of type tokens",
      }),
    },
  },
  [
    {
      appliesTo: (type) => type.startsWith("aws:"),
      judge: ({ type }, { missing }) =>
        missing.some((beginning) => type.startsWith(beginning))
          ? [{ at: "its type", value: type, allowed: `none of ${missing.join(", ")}` }]
          : [],
    },
  ],
);
