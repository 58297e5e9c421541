import type { Token } from "../../support/resourceTypes";
import { onAny, resourceRule } from "../../support/rule";

/** What makes resources from a text that no rule reads. */
const hidingTypes = [
  "aws:cloudcontrol/resource:Resource",
  "aws:cloudformation/stack:Stack",
  "aws:cloudformation/stackSet:StackSet",
  "aws:serverlessrepository/cloudFormationStack:CloudFormationStack",
  "aws:servicecatalog/provisionedProduct:ProvisionedProduct",
] as const satisfies readonly Token[];

export const noHiddenResources = resourceRule(
  {
    name: "no-hidden-resources",
    displayName: "No resources that the rules do not see",
    description:
      "The program creates no CloudFormation stack, no product of Service Catalog and no resource of Cloud Control: what is in them passes every rule unseen.",
    why: "The rules judge the program's own resources. A template can open a port, create a public database or an administrator, and no rule reports it.",
    severity: "medium",
    topics: ["inventory"],
    fix: "Create the resources with the classes of @pulumi/aws. Where only a template can make them, have the template judged by its own tool, and add an exception.",
    url: "https://www.pulumi.com/docs/iac/guides/migration/migrating-to-pulumi/from-cloudformation/",
    counterparts: { fsbp: [], checkov: [], cdkNag: [] },
    settings: {},
  },
  [
    onAny(hidingTypes, ({ type }) => [
      { at: "its type", value: type, allowed: "resources of the program itself" },
    ]),
  ],
);
