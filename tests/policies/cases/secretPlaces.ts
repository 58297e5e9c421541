import * as aws from "@pulumi/aws";

import { bad, good, type PolicyCases } from "./case";
import { safeInstance } from "./parts";

const pw = "hunter2-Secret!";
const plain = (program: (n: string) => unknown) => bad("no-plain-secrets", program);

/** Services in whose settings a secret is readable, and the ways to write one. */
export const secretPlaces: PolicyCases = {
  "secret-s3-object": plain(
    (n) => new aws.s3.BucketObjectv2(n, { bucket: "b", key: "k", content: `DB_PASSWORD=${pw}` }),
  ),
  "secret-emr-step": plain(
    (n) =>
      new aws.emr.Cluster(n, {
        releaseLabel: "emr-7.0.0",
        serviceRole: "r",
        masterInstanceGroup: { instanceType: "m5.xlarge" },
        steps: [
          { name: "s", actionOnFailure: "CONTINUE", hadoopJarStep: { jar: "x", args: ["--password", pw] } },
        ],
      }),
  ),
  "secret-ecs-command": plain(
    (n) =>
      new aws.ecs.TaskDefinition(n, {
        family: "f",
        containerDefinitions: JSON.stringify([
          { name: "a", image: "i", command: ["sh", "-c", `mysql -pSecret123 -h db`] },
        ]),
      }),
  ),
  "secret-ecs-daemon": plain(
    (n) =>
      new aws.ecs.DaemonTaskDefinition(n, {
        family: "f",
        containerDefinitions: [{ name: "a", image: "i", environments: [{ name: "DB_PASSWORD", value: pw }] }],
      }),
  ),
  "secret-express": plain(
    (n) =>
      new aws.ecs.ExpressGatewayService(n, {
        executionRoleArn: "a",
        infrastructureRoleArn: "b",
        primaryContainer: { image: "i", environments: [{ name: "DB_PASSWORD", value: pw }] },
      }),
  ),
  "secret-pipe-env": plain(
    (n) =>
      new aws.pipes.Pipe(n, {
        roleArn: "r",
        source: "s",
        target: "t",
        targetParameters: {
          ecsTaskParameters: {
            taskDefinitionArn: "t",
            overrides: { containerOverrides: [{ environments: [{ name: "DB_PASSWORD", value: pw }] }] },
          },
        },
      }),
  ),
  "secret-batch-node": plain(
    (n) =>
      new aws.batch.JobDefinition(n, {
        type: "multinode",
        nodeProperties: JSON.stringify({
          numNodes: 1,
          mainNode: 0,
          nodeRangeProperties: [
            {
              targetNodes: "0:",
              container: { image: "i", environment: [{ name: "DB_PASSWORD", value: pw }] },
            },
          ],
        }),
      }),
  ),
  "secret-batch-ecs": plain(
    (n) =>
      new aws.batch.JobDefinition(n, {
        type: "container",
        ecsProperties: JSON.stringify({
          taskProperties: [
            { containers: [{ image: "i", environment: [{ name: "DB_PASSWORD", value: pw }] }] },
          ],
        }),
      }),
  ),
  "secret-batch-eks": plain(
    (n) =>
      new aws.batch.JobDefinition(n, {
        type: "container",
        eksProperties: {
          podProperties: { containers: [{ image: "i", envs: [{ name: "DB_PASSWORD", value: pw }] }] },
        },
      }),
  ),
  "secret-lightsail-container": plain(
    (n) =>
      new aws.lightsail.ContainerServiceDeploymentVersion(n, {
        serviceName: "s",
        containers: [{ containerName: "c", image: "i", environment: { DB_PASSWORD: pw } }],
      }),
  ),
  "secret-sagemaker": plain(
    (n) =>
      new aws.sagemaker.Model(n, {
        executionRoleArn: "r",
        primaryContainer: { image: "i", environment: { DB_PASSWORD: pw } },
      }),
  ),
  "secret-mwaa": plain(
    (n) =>
      new aws.mwaa.Environment(n, {
        dagS3Path: "d",
        executionRoleArn: "r",
        sourceBucketArn: "b",
        networkConfiguration: { securityGroupIds: ["s"], subnetIds: ["a"] },
        airflowConfigurationOptions: { "smtp.smtp_password": pw },
      }),
  ),
  "secret-canary": plain(
    (n) =>
      new aws.synthetics.Canary(n, {
        artifactS3Location: "s3://b",
        executionRoleArn: "r",
        handler: "h",
        runtimeVersion: "syn-nodejs-puppeteer-9.0",
        schedule: { expression: "rate(5 minutes)" },
        zipFile: "x.zip",
        runConfig: { environmentVariables: { DB_PASSWORD: pw } },
      }),
  ),
  "secret-buildspec": plain(
    (n) =>
      new aws.codebuild.Project(n, {
        serviceRole: "r",
        artifacts: { type: "NO_ARTIFACTS" },
        environment: { computeType: "c", image: "i", type: "LINUX_CONTAINER" },
        source: {
          type: "NO_SOURCE",
          buildspec: `version: 0.2\nenv:\n  variables:\n    DB_PASSWORD: ${pw}\n`,
        },
      }),
  ),
  "secret-recipe": plain(
    (n) =>
      new aws.imagebuilder.ImageRecipe(n, {
        parentImage: "p",
        version: "1.0.0",
        components: [{ componentArn: "c" }],
        blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "true" } }],
        userDataBase64: Buffer.from(`#!/bin/sh\nexport DB_PASSWORD="${pw}"\n`).toString("base64"),
      }),
  ),
  "secret-target-input": plain(
    (n) =>
      new aws.cloudwatch.EventTarget(n, { rule: "r", arn: "a", input: JSON.stringify({ password: pw }) }),
  ),
  "secret-scheduler-input": plain(
    (n) =>
      new aws.scheduler.Schedule(n, {
        scheduleExpression: "rate(1 hours)",
        flexibleTimeWindow: { mode: "OFF" },
        target: { arn: "a", roleArn: "r", input: JSON.stringify({ password: pw }) },
      }),
  ),
  "secret-state-machine": plain(
    (n) =>
      new aws.sfn.StateMachine(n, {
        roleArn: "r",
        definition: JSON.stringify({
          StartAt: "a",
          States: { a: { Type: "Pass", Result: { db_password: pw }, End: true } },
        }),
      }),
  ),
  "secret-appconfig": plain(
    (n) =>
      new aws.appconfig.HostedConfigurationVersion(n, {
        applicationId: "a",
        configurationProfileId: "c",
        contentType: "application/json",
        content: JSON.stringify({ db_password: pw }),
      }),
  ),
  "secret-cfn-parameters": plain(
    (n) => new aws.cloudformation.Stack(n, { templateBody: "{}", parameters: { DbPassword: pw } }),
  ),
  "secret-glue-connection": plain(
    (n) =>
      new aws.glue.Connection(n, {
        connectionProperties: { JDBC_CONNECTION_URL: "jdbc:mysql://h/db", USERNAME: "u", PASSWORD: pw },
      }),
  ),
  "secret-ssm-association": plain(
    (n) =>
      new aws.ssm.Association(n, {
        name: "AWS-RunShellScript",
        parameters: { commands: `export DB_PASSWORD='${pw}'` },
      }),
  ),
  "secret-fn-edge": plain(
    (n) =>
      new aws.cloudfront.Function(n, {
        runtime: "cloudfront-js-2.0",
        code: `var api_key = "${pw}"; function handler(e) { return e.request }`,
      }),
  ),
  "secret-amplify-spec": plain((n) => new aws.amplify.App(n, { buildSpec: `export DB_PASSWORD=${pw}` })),
  "secret-kda": plain(
    (n) =>
      new aws.kinesisanalyticsv2.Application(n, {
        runtimeEnvironment: "FLINK-1_18",
        serviceExecutionRole: "r",
        applicationConfiguration: {
          applicationCodeConfiguration: { codeContentType: "ZIPFILE" },
          environmentProperties: {
            propertyGroups: [{ propertyGroupId: "g", propertyMap: { "db.password": pw } }],
          },
        },
      }),
  ),
  "secret-fleet-input": plain(
    (n) =>
      new aws.ec2.Instance(n, {
        ...safeInstance,
        userData: `#cloud-config\nchpasswd:\n  list: |\n    root:Sup3rSecret\n`,
      }),
  ),
  "secret-mime": plain(
    (n) =>
      new aws.ec2.Instance(n, {
        ...safeInstance,
        userData: `Content-Type: multipart/mixed; boundary="b"\nMIME-Version: 1.0\n\n--b\nContent-Type: text/x-shellscript\nContent-Transfer-Encoding: base64\n\n${Buffer.from(`#!/bin/sh\nDB_PASSWORD=${pw}\n`).toString("base64")}\n--b--\n`,
      }),
  ),
  "secret-writefiles": plain(
    (n) =>
      new aws.ec2.Instance(n, {
        ...safeInstance,
        userData: `#cloud-config\nwrite_files:\n- path: /etc/db\n  encoding: b64\n  content: ${Buffer.from(`password=${pw}\n`).toString("base64")}\n`,
      }),
  ),
  "secret-glue-nonoverridable": plain(
    (n) =>
      new aws.glue.Job(n, {
        roleArn: "r",
        command: { scriptLocation: "s" },
        nonOverridableArguments: { "--db_password": pw },
      }),
  ),
  "fp-more-mwaa": good(
    (n) =>
      new aws.mwaa.Environment(n, {
        dagS3Path: "d",
        executionRoleArn: "r",
        sourceBucketArn: "b",
        networkConfiguration: { securityGroupIds: ["s"], subnetIds: ["a"] },
        airflowConfigurationOptions: {
          "core.default_task_retries": "16",
          "secrets.backend_kwargs": '{"connections_prefix":"airflow"}',
        },
      }),
  ),
  "fp-more-state-machine": good(
    (n) =>
      new aws.sfn.StateMachine(n, {
        roleArn: "r",
        definition: JSON.stringify({
          StartAt: "a",
          States: {
            a: {
              Type: "Task",
              Resource: "arn:aws:states:::aws-sdk:secretsmanager:getSecretValue",
              Parameters: { SecretId: "db" },
              ResultPath: "$.password",
              End: true,
            },
          },
        }),
      }),
  ),
  "fp-more-ecs-secrets": good(
    (n) =>
      new aws.ecs.TaskDefinition(n, {
        family: "f",
        containerDefinitions: JSON.stringify([
          {
            name: "a",
            image: "i",
            secrets: [{ name: "DB_PASSWORD", valueFrom: "arn:aws:secretsmanager:us-east-1:1:secret:db" }],
            command: ["--password-file", "/run/secrets/db"],
          },
        ]),
      }),
  ),
  "fp-more-s3-object": good(
    (n) =>
      new aws.s3.BucketObjectv2(n, {
        bucket: "b",
        key: "k",
        content: '<h1>Reset your password</h1><input name="password" type="password">',
      }),
  ),
  "fp-more-fn-code": good(
    (n) =>
      new aws.cloudfront.Function(n, {
        runtime: "cloudfront-js-2.0",
        code: `function handler(event) { var token = event.request.querystring.token; if (!token) { return event.request } return event.request }`,
      }),
  ),
};
