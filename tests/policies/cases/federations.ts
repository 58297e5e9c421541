import * as aws from "@pulumi/aws";

import { bad, good, type PolicyCase, type PolicyCases } from "./case";
import { policyDocument } from "./parts";

const openTrust = (program: PolicyCase["program"]) => bad("iam-trust-not-open", program);
const trust =
  (statement: object): PolicyCase["program"] =>
  (n) =>
    new aws.iam.Role(n, { assumeRolePolicy: policyDocument({ Action: "sts:AssumeRole", ...statement }) });
/** Trusts an identity provider, by its ARN or, for AWS's own, by its address. */
const web = (Federated: string, Condition?: object) =>
  trust({
    ...{ Action: "sts:AssumeRoleWithWebIdentity", Principal: { Federated } },
    ...(Condition === undefined ? {} : { Condition }),
  });
const provider = (host: string) => `arn:aws:iam::123456789012:oidc-provider/${host}`;
const github = "token.actions.githubusercontent.com";
const cluster = "oidc.eks.us-east-1.amazonaws.com/id/ABC";
const subject = (host: string, sub: string) =>
  web(provider(host), { StringLike: { [`${host}:sub`]: sub, [`${host}:aud`]: "sts.amazonaws.com" } });

/** Trust policies with identity providers, and principals that are not named. */
export const federations: PolicyCases = {
  "trust-github-owner-prefix": openTrust(subject(github, "repo:acme*")),
  "trust-github-any-owner": openTrust(subject(github, "repo:*/site:ref:refs/heads/main")),
  "trust-github-any-letter": openTrust(subject(github, "repo:?*/site:*")),
  "trust-github-subject-if-exists": openTrust(
    web(provider(github), { StringLikeIfExists: { [`${github}:sub`]: "repo:acme/site:*" } }),
  ),
  "trust-github-subject-not": openTrust(
    web(provider(github), { StringNotLike: { [`${github}:sub`]: "repo:evil/*" } }),
  ),
  "trust-github-one-of-two": openTrust(
    web(provider(github), { StringLike: { [`${github}:sub`]: ["repo:acme/site:*", "repo:*"] } }),
  ),
  "trust-gitlab-any-project": openTrust(subject("gitlab.com", "project_path:*:ref_type:branch:ref:main")),
  "trust-terraform-any-organization": openTrust(
    subject("app.terraform.io", "organization:*:project:web:workspace:prod:run_phase:apply"),
  ),
  "trust-cluster-audience-only": openTrust(
    web(provider(cluster), { StringEquals: { [`${cluster}:aud`]: "sts.amazonaws.com" } }),
  ),
  "trust-cluster-any-account": openTrust(subject(cluster, "system:serviceaccount:*")),
  "trust-cluster-any-namespace": openTrust(subject(cluster, "system:serviceaccount:*:*")),
  "trust-cognito-unauthenticated": openTrust(
    web("cognito-identity.amazonaws.com", {
      "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "unauthenticated" },
    }),
  ),
  "trust-google-nothing": openTrust(web("accounts.google.com")),
  "trust-star-mfa": openTrust(
    trust({ Principal: { AWS: "*" }, Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } }),
  ),
  "trust-star-session-name": openTrust(
    trust({ Principal: { AWS: "*" }, Condition: { StringLike: { "sts:RoleSessionName": "ci-*" } } }),
  ),
  "trust-star-region": openTrust(
    trust({ Principal: "*", Condition: { StringEquals: { "aws:RequestedRegion": "us-east-1" } } }),
  ),
  "trust-star-any-account": openTrust(
    trust({ Principal: "*", Condition: { StringLike: { "aws:PrincipalAccount": "*" } } }),
  ),
  "trust-star-other-role": openTrust(
    trust({ Principal: "*", Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/ci" } } }),
  ),
  "trust-second-statement": openTrust(
    (n) =>
      new aws.iam.Role(n, {
        assumeRolePolicy: policyDocument(
          { Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } },
          { Action: ["sts:AssumeRole", "sts:TagSession"], Principal: { AWS: ["*"] } },
        ),
      }),
  ),
  "fp-trust-github-organization": good(subject(github, "repo:acme/*")),
  "fp-trust-github-environment": good(subject(github, "repo:acme/site:environment:prod")),
  "fp-trust-gitlab-project": good(subject("gitlab.com", "project_path:acme/site:ref_type:branch:ref:*")),
  "fp-trust-terraform": good(subject("app.terraform.io", "organization:acme:project:*:workspace:prod:*")),
  "fp-trust-cluster-namespace": good(subject(cluster, "system:serviceaccount:shop:*")),
  "fp-trust-cognito": good(
    web("cognito-identity.amazonaws.com", {
      StringEquals: { "cognito-identity.amazonaws.com:aud": "us-east-1:1a2b3c4d-1a2b" },
      "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "authenticated" },
    }),
  ),
  "fp-trust-facebook": good(
    web("graph.facebook.com", { StringEquals: { "graph.facebook.com:app_id": "1234567890" } }),
  ),
  "fp-trust-google": good(
    web("accounts.google.com", { StringEquals: { "accounts.google.com:aud": "66677788899900pro0" } }),
  ),
  "fp-trust-role-of-account": good(
    trust({
      Principal: { AWS: "*" },
      Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::123456789012:role/ci-*" } },
    }),
  ),
  "fp-trust-pods": good(
    trust({ Action: ["sts:AssumeRole", "sts:TagSession"], Principal: { Service: "pods.eks.amazonaws.com" } }),
  ),
  "fp-trust-denies-not-principal": good(
    (n) =>
      new aws.iam.Role(n, {
        assumeRolePolicy: policyDocument(
          { Action: "sts:AssumeRole", Principal: { AWS: "arn:aws:iam::123456789012:root" } },
          {
            ...{ Effect: "Deny", Action: "sts:AssumeRole" },
            NotPrincipal: { AWS: "arn:aws:iam::123456789012:role/ci" },
          },
        ),
      }),
  ),
};
