import { resourceRule } from "../../support/rule";
import { strings } from "../../support/settings";
import { fromTheLab } from "../source";

export const labServices = resourceRule(
  {
    name: "lab-services",
    displayName: "Services of the lab",
    description: "No resource uses a service that the lab does not offer.",
    why: "Image Builder, Budgets and CloudFront are not among the lab's services, and a service control policy denies S3 calls that a bucket needs at creation.",
    severity: "medium",
    topics: ["account-limits"],
    fix: "Remove the resource in the lab: bake images from an instance, and watch the budget on the lab's page.",
    ...fromTheLab,
    settings: {
      missing: strings({
        default: [
          ...["aws:imagebuilder/", "aws:budgets/", "aws:cloudfront/"],
          ...["aws:s3/bucket:", "aws:s3/bucketV2:", "aws:s3/directoryBucket:"],
          ...["aws:s3tables/tableBucket:", "aws:lightsail/bucket:"],
        ],
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
