import { Failure } from "../../../cli/failure";
import { allOf, tagsOf, type ResourceType } from "../resource";

/** Services that the other types list, or whose resources cost nothing or only by their use. */
const elsewhere: ReadonlySet<string> = new Set([
  "acm",
  "autoscaling",
  "cloudformation",
  "cloudwatch",
  "ec2",
  "elasticfilesystem",
  "elasticloadbalancing",
  "events",
  "iam",
  "kms",
  "lambda",
  "logs",
  "rds",
  "resource-groups",
  "route53",
  "s3",
  "scheduler",
  "secretsmanager",
  "ses",
  "sns",
  "ssm",
]);

/**
 * What AWS's tagging API finds of services that no other type lists: ElastiCache, DynamoDB, ECS, EKS, CloudFront and so on.
 * It has only resources that have or had a tag, and no price: their cost is unknown.
 */
export const others: ResourceType = {
  kind: "other resource",
  list: async (clients) => {
    const tagging = await clients.tagging();
    const found = await allOf(tagging.paginateGetResources({}), (page) => page.ResourceTagMappingList);
    return found
      .filter(({ ResourceARN = "" }) => !elsewhere.has(serviceIn(ResourceARN)))
      .map(({ ResourceARN = "", Tags }) => ({
        kind: "other resource",
        id: ResourceARN,
        detail: serviceIn(ResourceARN),
        tags: tagsOf(Tags),
        createdAt: undefined,
        dollarsPerHour: undefined,
        running: false,
        uses: [],
      }));
  },
  remove: (_clients, id) =>
    Promise.reject(
      new Failure(
        `This program does not remove resources of ${serviceIn(id)}.`,
        "Remove it in the console or with the AWS CLI.",
      ),
    ),
};

/** E.g. `elasticache` in `arn:aws:elasticache:us-east-1:111111111111:cluster:mine`. */
function serviceIn(arn: string): string {
  return arn.split(":")[2] ?? "";
}
