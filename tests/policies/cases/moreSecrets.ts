import * as aws from "@pulumi/aws";

import { bad, good, type PolicyCases } from "./case";
import { makeTemplate } from "./parts";

const secret = "Tr0ub4dor&3-horse-staple";
const plain = (program: (n: string) => unknown) => bad("no-plain-secrets", program);

const userData =
  (...lines: readonly string[]) =>
  (n: string) =>
    makeTemplate(n, "sg-1", { userData: Buffer.from(["#!/bin/sh", ...lines].join("\n")).toString("base64") });

const environmentOf = (variables: Readonly<Record<string, string>>) => (n: string) =>
  new aws.apprunner.Service(n, {
    serviceName: n,
    sourceConfiguration: {
      imageRepository: {
        ...{ imageIdentifier: "i", imageRepositoryType: "ECR_PUBLIC" },
        imageConfiguration: { runtimeEnvironmentVariables: variables },
      },
    },
  });

/** More places of secrets, and what only looks like one. */
export const moreSecrets: PolicyCases = {
  "env-secret-app-runner": plain(environmentOf({ DB_PASSWORD: secret })),
  "env-url-app-runner": plain(environmentOf({ DATABASE_URL: `mysql://admin:${secret}@db/site` })),
  "fp-env-app-runner": good(
    environmentOf({
      PASSWORD_MIN_LENGTH: "12",
      TOKEN_TTL_SECONDS: "300",
      SECRET_NAME: "prod/database",
      PASSWORD_PARAMETER: "/site/password",
      DATABASE_URL: "mysql://db.internal/site",
    }),
  ),
  "env-secret-beanstalk": plain(
    (n) =>
      new aws.elasticbeanstalk.Environment(n, {
        application: "a",
        settings: [
          {
            ...{ namespace: "aws:elasticbeanstalk:application:environment", name: "DB_PASSWORD" },
            value: secret,
          },
          {
            ...{ namespace: "aws:ec2:vpc", name: "AssociatePublicIpAddress", value: "false" },
          },
          {
            ...{ namespace: "aws:autoscaling:launchconfiguration", name: "DisableIMDSv1", value: "true" },
          },
        ],
      }),
  ),
  "env-secret-batch": plain(
    (n) =>
      new aws.batch.JobDefinition(n, {
        type: "container",
        containerProperties: JSON.stringify({
          image: "busybox",
          environment: [{ name: "API_TOKEN", value: secret }],
        }),
      }),
  ),
  "env-secret-amplify": plain(
    (n) => new aws.amplify.App(n, { name: n, environmentVariables: { API_SECRET: secret } }),
  ),
  "arguments-secret-glue": plain(
    (n) =>
      new aws.glue.Job(n, {
        ...{ roleArn: "arn:aws:iam::123456789012:role/r", command: { scriptLocation: "s3://b/s.py" } },
        defaultArguments: { "--db-password": secret },
      }),
  ),
  "script-secret-component": plain(
    (n) =>
      new aws.imagebuilder.Component(n, {
        ...{ platform: "Linux", version: "1.0.0" },
        data: `phases: [{ name: build, steps: [{ name: s, action: ExecuteBash, inputs: { commands: ["export DB_PASSWORD='${secret}'"] } }] }]`,
      }),
  ),
  "script-secret-document": plain(
    (n) =>
      new aws.ssm.Document(n, {
        documentType: "Command",
        content: JSON.stringify({
          schemaVersion: "2.2",
          mainSteps: [
            {
              ...{ action: "aws:runShellScript", name: "s" },
              inputs: { runCommand: [`export DB_PASSWORD='${secret}'`] },
            },
          ],
        }),
      }),
  ),
  "userdata-curl-user": plain(userData(`curl -u admin:${secret} https://example.com/x`)),
  "userdata-private-key": plain(
    userData("cat > /root/key <<END", "-----BEGIN OPENSSH PRIVATE KEY-----", "b3BlbnNzaC1rZXktdjEAAA", "END"),
  ),
  "fp-userdata-reads": good(
    userData(
      'PASSWORD="$(aws secretsmanager get-secret-value --secret-id db --query SecretString)"',
      "TOKEN=$(curl -X PUT http://169.254.169.254/latest/api/token -H 'X-aws-ec2-metadata-token-ttl-seconds: 60')",
      "DB_PASSWORD=${PASSWORD}",
      'SALT="$(openssl rand -base64 24)"',
    ),
  ),
};
