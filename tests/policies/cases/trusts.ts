import * as aws from "@pulumi/aws";

import { bad, good, type PolicyCases } from "./case";
import { policyDocument } from "./parts";

const trust =
  (principal: unknown, changed: object = {}) =>
  (n: string) =>
    new aws.iam.Role(n, {
      assumeRolePolicy: policyDocument({ Action: "sts:AssumeRole", Principal: principal, ...changed }),
    });
const web = (provider: string, condition: object | undefined) =>
  trust(
    { Federated: `arn:aws:iam::123456789012:oidc-provider/${provider}` },
    { Action: "sts:AssumeRoleWithWebIdentity", ...(condition === undefined ? {} : { Condition: condition }) },
  );
const github = "token.actions.githubusercontent.com";
const openTrust = (program: (n: string) => unknown) => bad("iam-trust-not-open", program);

/** Roles that everyone may assume. */
export const trusts: PolicyCases = {
  "iam-assume-star": openTrust(trust("*")),
  "iam-assume-aws-star": openTrust(trust({ AWS: "*" })),
  "iam-assume-any-root": openTrust(trust({ AWS: "arn:aws:iam::*:root" })),
  "iam-assume-star-among": openTrust(trust({ AWS: ["arn:aws:iam::123456789012:root", "*"] })),
  "iam-assume-external-id": openTrust(
    trust({ AWS: "*" }, { Condition: { StringEquals: { "sts:ExternalId": "secret" } } }),
  ),
  "iam-assume-not-principal": openTrust(
    (n) =>
      new aws.iam.Role(n, {
        assumeRolePolicy: policyDocument({
          Action: "sts:AssumeRole",
          NotPrincipal: { AWS: "arn:aws:iam::123456789012:root" },
        }),
      }),
  ),
  "iam-assume-github": openTrust(web(github, { StringEquals: { [`${github}:aud`]: "sts.amazonaws.com" } })),
  "iam-assume-github-any": openTrust(web(github, { StringLike: { [`${github}:sub`]: "repo:*" } })),
  "iam-assume-gitlab": openTrust(web("gitlab.com", undefined)),
  "iam-assume-cognito": openTrust(
    trust({ Federated: "cognito-identity.amazonaws.com" }, { Action: "sts:AssumeRoleWithWebIdentity" }),
  ),
  "fp-trust-service": good(trust({ Service: ["ec2.amazonaws.com", "ssm.amazonaws.com"] })),
  "fp-trust-account": good(
    trust(
      { AWS: "arn:aws:iam::210987654321:root" },
      { Condition: { StringEquals: { "sts:ExternalId": "secret" } } },
    ),
  ),
  "fp-trust-organization": good(
    trust({ AWS: "*" }, { Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }),
  ),
  "fp-trust-github": good(
    web(github, {
      StringEquals: { [`${github}:aud`]: "sts.amazonaws.com" },
      StringLike: { [`${github}:sub`]: "repo:example/shop:*" },
    }),
  ),
  "fp-trust-cluster": good(
    web("oidc.eks.us-east-1.amazonaws.com/id/ABC", {
      StringEquals: { "oidc.eks.us-east-1.amazonaws.com/id/ABC:sub": "system:serviceaccount:shop:web" },
    }),
  ),
  "fp-trust-saml": good(
    trust(
      { Federated: "arn:aws:iam::123456789012:saml-provider/company" },
      { Action: "sts:AssumeRoleWithSAML" },
    ),
  ),
};
