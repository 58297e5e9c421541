import type { Finding } from "../../support/finding";
import { resourceRule } from "../../support/rule";
import { wideGrant } from "../../support/views/grants/actions";
import type { Statement } from "../../support/views/grants/document";
import { onIdentityPolicies } from "../../support/views/grants/identities";
import { onAwsPolicies } from "../../support/views/grants/managedPolicies";

/** AWS managed policies that allow all actions of services, and whose names do not end in FullAccess. */
const administrators: readonly string[] = [
  "AdministratorAccess",
  "AdministratorAccess-AWSElasticBeanstalk",
  "AdministratorAccess-Amplify",
  "DatabaseAdministrator",
  "DataScientist",
  "NetworkAdministrator",
  "PowerUserAccess",
  "SystemAdministrator",
];

/** Their names end in FullAccess, but they allow only named actions. */
const narrow: readonly string[] = ["AmazonElasticFileSystemClientFullAccess"];

export const iamNoStarOnStar = resourceRule(
  {
    name: "iam-no-star-on-star",
    displayName: "No * on * in IAM",
    description: "No IAM policy allows all actions, or all actions of a service, on all resources.",
    why: "An attacker who controls a server or a function has its permissions. With all actions on all resources, a vulnerable WordPress plug-in gives away the whole account. The rule also reads AWS's managed policies by their names, except those of the role that aws.lambda.CallbackFunction creates by itself: give it a role of your own.",
    severity: "critical",
    topics: ["least-privilege"],
    fix: "Name the needed actions, and the ARNs of the resources that they need.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-1",
    counterparts: {
      fsbp: ["IAM.1", "IAM.21"],
      checkov: ["CKV_AWS_62", "CKV_AWS_63", "CKV_AWS_274", "CKV2_AWS_40", "CKV2_AWS_56"],
      cdkNag: ["AwsSolutions-IAM5"],
    },
    settings: {},
  },
  [onIdentityPolicies(judgePolicy), onAwsPolicies(allowsAll, "a policy that does not allow everything")],
);

/** Each statement alone, or else all together: a policy can divide `*` among its statements. */
function* judgePolicy(statements: readonly Statement[], at: string): Iterable<Finding> {
  const alone = statements.flatMap((statement) => findingOf([statement], `${at}.${statement.at}`));
  yield* alone.length > 0 ? alone : findingOf(statements, `${at}.Statement`);
}

function findingOf(statements: readonly Statement[], at: string): readonly Finding[] {
  const wide = wideGrant(statements);
  if (wide === undefined) return [];
  const value = `${wide.actions.join(", ")} on ${wide.resources.join(", ")}`;
  return [{ at, value, allowed: "named actions, or named resources" }];
}

function allowsAll(name: string): boolean {
  return administrators.includes(name) || (/FullAccess(?:V\d+)?$/.test(name) && !narrow.includes(name));
}
