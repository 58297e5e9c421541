import type { Finding } from "../../support/finding";
import { resourceRule } from "../../support/rule";
import { statementsOf } from "../../support/views/grants/document";
import { openFederations } from "../../support/views/grants/federation";
import { onPaths } from "../../support/views/grants/identities";
import { openFindings } from "../../support/views/grants/resourcePolicies";

const allowed = "named principals, or a condition that limits the callers";

export const iamTrustNotOpen = resourceRule(
  {
    name: "iam-trust-not-open",
    displayName: "Roles that not everyone may assume",
    description:
      "A role's trust policy names its principals, and limits the users of an identity provider that others share.",
    why: "Every AWS account may assume a role that trusts *. A provider such as GitHub Actions signs tokens for every repository: without a condition on the token's subject, every repository may assume the role.",
    severity: "critical",
    topics: ["least-privilege"],
    fix: "Name the accounts, roles or services as the principal; for an identity provider add StringEquals or StringLike on its :sub (or :aud) key.",
    url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html",
    counterparts: {
      fsbp: [],
      checkov: ["CKV_AWS_60", "CKV_AWS_61", "CKV_AWS_358", "CKV_AWS_393"],
      cdkNag: [],
    },
    settings: {},
  },
  [
    onPaths({ "aws:iam/role:Role": "assumeRolePolicy" }, (document, at): readonly Finding[] => {
      const statements = statementsOf(document);
      return [
        ...openFindings(statements, at, allowed),
        ...openFederations(statements).map((open) => ({
          at: `${at}.${open.at}`,
          value: `${open.provider} without a condition on ${open.key}`,
          allowed: `a condition on ${open.key} that names the users of the provider`,
        })),
      ];
    }),
  ],
);
