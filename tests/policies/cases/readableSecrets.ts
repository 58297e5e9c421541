import * as aws from "@pulumi/aws";

import { bad, good, type PolicyCase, type PolicyCases } from "./case";
import { makeTemplate } from "./parts";

type Program = PolicyCase["program"];
const plain = (program: Program) => bad("no-plain-secrets", program);
const role = "arn:aws:iam::123456789012:role/r";
const secret = "Tr0ub4dor&3x";
const base64 = (text: string) => Buffer.from(text).toString("base64");
const variable = [{ name: "DB_PASSWORD", value: secret }];
const task =
  (container: object): Program =>
  (n) =>
    new aws.ecs.TaskDefinition(n, {
      family: "f",
      containerDefinitions: JSON.stringify([{ name: "a", image: "nginx", ...container }]),
    });
const environment = (variables: Record<string, string>): Program =>
  task({ environment: Object.entries(variables).map(([name, value]) => ({ name, value })) });
const eventTarget =
  (input: object): Program =>
  (n) =>
    new aws.cloudwatch.EventTarget(n, { rule: "r", arn: "a", input: JSON.stringify(input) });
const userData =
  (text: string): Program =>
  (n) =>
    makeTemplate(n, "sg-1", { userData: base64(text) });
const batchJob =
  (properties: Partial<aws.batch.JobDefinitionArgs>): Program =>
  (n) =>
    new aws.batch.JobDefinition(n, { type: "container", ...properties });
const build =
  (source: aws.codebuild.ProjectArgs["source"]): Program =>
  (n) =>
    new aws.codebuild.Project(n, {
      ...{ serviceRole: "r", artifacts: { type: "NO_ARTIFACTS" }, source },
      environment: { computeType: "BUILD_GENERAL1_SMALL", image: "i", type: "LINUX_CONTAINER" },
    });
const pipeline =
  (configuration: Record<string, string>): Program =>
  (n) =>
    new aws.codepipeline.Pipeline(n, {
      ...{ roleArn: role, artifactStores: [{ location: "b", type: "S3" }] },
      stages: [
        {
          name: "Source",
          actions: [
            {
              ...{ name: "s", category: "Source", owner: "ThirdParty", provider: "GitHub", version: "1" },
              configuration,
            },
          ],
        },
      ],
    });

/** Other places in which AWS shows a secret, and values that only look like one. */
export const readableSecrets: PolicyCases = {
  "task-secret-command": plain(task({ command: ["sh", "-c", `export DB_PASSWORD='${secret}'; exec app`] })),
  "task-secret-argument": plain(task({ command: ["--db-password", secret] })),
  "task-secret-entry-point": plain(task({ entryPoint: ["app", `--api-key=${secret}`] })),
  "task-secret-log-options": plain(
    task({ logConfiguration: { logDriver: "splunk", options: { "splunk-token": secret } } }),
  ),
  "task-secret-pass": plain(environment({ MYSQL_PASS: secret })),
  "task-secret-connection-string": plain(
    environment({ DB_CONNECTION: `Server=db;Database=wp;User Id=wp;Password=${secret};` }),
  ),
  "task-secret-jdbc": plain(environment({ JDBC_URL: `jdbc:mysql://db/wp?user=wp&password=${secret}` })),
  "task-secret-webhook": plain(
    environment({ ALERTS: "https://hooks.slack.com/services/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" }),
  ),
  "task-secret-npm": plain(environment({ REGISTRY: `npm_${"a1B2".repeat(9)}` })),
  "task-secret-mail": plain(environment({ MAILER: `SG.${"a1B2".repeat(5)}ab.${"c3D4".repeat(10)}abc` })),
  "event-secret-override": plain(eventTarget({ containerOverrides: [{ name: "a", environment: variable }] })),
  "schedule-secret-input": plain(
    (n) =>
      new aws.scheduler.Schedule(n, {
        ...{ scheduleExpression: "rate(1 hour)", flexibleTimeWindow: { mode: "OFF" } },
        target: { arn: "a", roleArn: role, input: JSON.stringify({ apiKey: secret }) },
      }),
  ),
  "batch-secret-command": plain(
    batchJob({
      containerProperties: JSON.stringify({ image: "busybox", command: ["app", `--password=${secret}`] }),
    }),
  ),
  "batch-secret-nodes": plain(
    batchJob({
      type: "multinode",
      nodeProperties: JSON.stringify({
        ...{ mainNode: 0, numNodes: 1 },
        nodeRangeProperties: [{ targetNodes: "0:", container: { image: "busybox", environment: variable } }],
      }),
    }),
  ),
  "batch-secret-tasks": plain(
    batchJob({
      ecsProperties: JSON.stringify({
        taskProperties: [{ containers: [{ image: "busybox", environment: variable }] }],
      }),
    }),
  ),
  "batch-secret-parameters": plain(batchJob({ parameters: { dbPassword: secret } })),
  "build-secret-buildspec": plain(
    build({
      type: "NO_SOURCE",
      buildspec: `version: 0.2\nenv:\n  variables:\n    DB_PASSWORD: "${secret}"\n`,
    }),
  ),
  "pipeline-secret-token": plain(pipeline({ OAuthToken: secret })),
  "pipeline-secret-variables": plain(
    pipeline({ EnvironmentVariables: JSON.stringify([{ ...variable[0], type: "PLAINTEXT" }]) }),
  ),
  "amplify-secret-buildspec": plain(
    (n) => new aws.amplify.App(n, { buildSpec: `version: 1\nenv:\n  variables:\n    API_KEY: ${secret}\n` }),
  ),
  "lightsail-secret-container": plain(
    (n) =>
      new aws.lightsail.ContainerServiceDeploymentVersion(n, {
        serviceName: "s",
        containers: [{ containerName: "a", image: "nginx", environment: { DB_PASSWORD: secret } }],
      }),
  ),
  "model-secret": plain(
    (n) =>
      new aws.sagemaker.Model(n, {
        executionRoleArn: role,
        primaryContainer: { image: "i", environment: { HF_TOKEN: secret } },
      }),
  ),
  "notebook-secret": plain(
    (n) =>
      new aws.sagemaker.NotebookInstanceLifecycleConfiguration(n, {
        onStart: base64(`export DB_PASSWORD='${secret}'`),
      }),
  ),
  "beanstalk-secret-template": plain(
    (n) =>
      new aws.elasticbeanstalk.ConfigurationTemplate(n, {
        application: "web",
        settings: [
          { namespace: "aws:elasticbeanstalk:application:environment", name: "DB_PASSWORD", value: secret },
        ],
      }),
  ),
  "glue-secret-connection": plain(
    (n) =>
      new aws.glue.Connection(n, {
        connectionProperties: { JDBC_CONNECTION_URL: "jdbc:mysql://db/wp", USERNAME: "wp", PASSWORD: secret },
      }),
  ),
  "glue-secret-fixed-argument": plain(
    (n) =>
      new aws.glue.Job(n, {
        ...{ roleArn: role, command: { scriptLocation: "s3://b/s.py" } },
        nonOverridableArguments: { "--db-password": secret },
      }),
  ),
  "airflow-secret": plain(
    (n) =>
      new aws.mwaa.Environment(n, {
        ...{ dagS3Path: "dags/", executionRoleArn: role, sourceBucketArn: "b" },
        networkConfiguration: { securityGroupIds: ["sg-1"], subnetIds: ["subnet-1", "subnet-2"] },
        airflowConfigurationOptions: { "smtp.smtp_password": secret },
      }),
  ),
  "states-secret": plain(
    (n) =>
      new aws.sfn.StateMachine(n, {
        roleArn: role,
        definition: JSON.stringify({
          StartAt: "a",
          States: { a: { Type: "Pass", Result: { apiKey: secret }, End: true } },
        }),
      }),
  ),
  "stack-secret-parameter": plain(
    (n) => new aws.cloudformation.Stack(n, { templateUrl: "t", parameters: { DBPassword: secret } }),
  ),
  "association-secret": plain(
    (n) =>
      new aws.ssm.Association(n, {
        name: "AWS-RunShellScript",
        parameters: { commands: `mysql -uroot -p${secret} -e 'select 1'` },
      }),
  ),
  "recipe-secret": plain(
    (n) =>
      new aws.imagebuilder.ImageRecipe(n, {
        ...{ parentImage: "p", version: "1.0.0", components: [{ componentArn: "c" }] },
        blockDeviceMappings: [{ deviceName: "/dev/xvda", ebs: { encrypted: "true" } }],
        userDataBase64: base64(`#!/bin/sh\nexport DB_PASSWORD='${secret}'`),
      }),
  ),
  "stage-secret-variable": plain(
    (n) =>
      new aws.apigateway.Stage(n, {
        ...{ restApi: "a", deployment: "d", stageName: "prod", variables: { apiKey: secret } },
      }),
  ),
  "parameter-secret-list": plain(
    (n) => new aws.ssm.Parameter(n, { name: "/prod/api/token", type: "StringList", value: `${secret},b` }),
  ),
  "userdata-secret-wordpress-salt": plain(userData(`<?php define('AUTH_SALT', '${secret}${secret}');`)),
  "userdata-secret-export-two": plain(userData(`#!/bin/bash\nexport A=1 B=2 MYSQL_PWD=${secret}\n`)),
  "userdata-secret-printf": plain(userData(`#!/bin/bash\nprintf 'root:${secret}' | chpasswd\n`)),
  "userdata-secret-registry": plain(
    userData(`#!/bin/bash\necho "${secret}" | docker login --username app --password-stdin\n`),
  ),
  "userdata-secret-psql": plain(userData(`#!/bin/bash\nPGPASSWORD=${secret} psql -h db -U wp\n`)),
  "userdata-secret-netrc": plain(
    userData(`#!/bin/bash\necho "machine example.com login app password ${secret}" > ~/.netrc\n`),
  ),

  "fp-task-secrets": good(
    task({
      command: ["sh", "-c", 'test -n "$DB_PASSWORD" && exec app --db-password "$DB_PASSWORD"'],
      environment: [
        { name: "DB_SECRET_ID", value: "prod/db" },
        { name: "TOKEN_ENDPOINT", value: "https://auth.example.com" },
        { name: "COMPASS", value: "north-east" },
        { name: "BYPASS", value: "cache-reads" },
      ],
      secrets: [
        { name: "DB_PASSWORD", valueFrom: "arn:aws:secretsmanager:us-east-1:123456789012:secret:db" },
      ],
      logConfiguration: {
        logDriver: "splunk",
        secretOptions: [{ name: "splunk-token", valueFrom: "arn:aws:ssm:us-east-1:1:parameter/splunk" }],
      },
    }),
  ),
  "fp-task-command": good(
    task({
      command: ["nginx", "-g", "daemon off;"],
      entryPoint: ["/docker-entrypoint.sh", "--password-file", "/run/pw"],
    }),
  ),
  "fp-task-connection-string": good(
    environment({
      DB_CONNECTION: "Server=db;Database=wp;Integrated Security=true;",
      JDBC_URL: "jdbc:mysql://db/wp?useSSL=true",
    }),
  ),
  "fp-event-input": good(
    eventTarget({ command: "rotate", secretId: "prod/db", password: { length: 32 }, token: null }),
  ),
  "fp-build-buildspec": good(
    build({
      type: "NO_SOURCE",
      buildspec:
        "version: 0.2\nenv:\n  secrets-manager:\n    DB_PASSWORD: prod/db:password\n  parameter-store:\n    API_TOKEN: /prod/api/token\n",
    }),
  ),
  "fp-pipeline": good(
    pipeline({
      ConnectionArn: "arn:aws:codestar-connections:us-east-1:123456789012:connection/a",
      EnvironmentVariables: JSON.stringify([
        { name: "DB_PASSWORD", value: "/prod/db", type: "PARAMETER_STORE" },
      ]),
    }),
  ),
  "fp-states": good(
    (n) =>
      new aws.sfn.StateMachine(n, {
        roleArn: role,
        definition: JSON.stringify({
          StartAt: "a",
          States: {
            a: {
              Type: "Task",
              Resource: "arn:aws:states:::aws-sdk:secretsmanager:getSecretValue",
              Parameters: { "SecretId.$": "$.secretId", "password.$": "$.password", TokenType: "task" },
              End: true,
            },
          },
        }),
      }),
  ),
  "fp-glue-connection": good(
    (n) =>
      new aws.glue.Connection(n, {
        connectionProperties: { JDBC_CONNECTION_URL: "jdbc:mysql://db/wp", SECRET_ID: "prod/db" },
      }),
  ),
  "fp-association": good(
    (n) =>
      new aws.ssm.Association(n, {
        name: "AWS-RunShellScript",
        parameters: { commands: 'mysql --password="$(cat /run/db)" -e "select 1"', executionTimeout: "60" },
      }),
  ),
  "fp-airflow": good(
    (n) =>
      new aws.mwaa.Environment(n, {
        ...{ dagS3Path: "dags/", executionRoleArn: role, sourceBucketArn: "b" },
        networkConfiguration: { securityGroupIds: ["sg-1"], subnetIds: ["subnet-1", "subnet-2"] },
        airflowConfigurationOptions: {
          "secrets.backend": "airflow.providers.amazon.aws.secrets.secrets_manager.SecretsManagerBackend",
          "core.default_task_retries": "16",
        },
      }),
  ),
  "fp-userdata-password-words": good(
    userData(
      [
        "#!/bin/bash",
        "# The password comes from Secrets Manager; a token is valid for 60 seconds.",
        "chage --maxdays 90 admin # password expires",
        "grep -q password /etc/nsswitch.conf",
        "aws ssm get-parameter --name /prod/db/password --with-decryption --query Parameter.Value > /run/db",
        "aws ecr get-login-password | docker login --username AWS --password-stdin 1.dkr.ecr.us-east-1.amazonaws.com",
        'printf "root:%s" "$ROOT_PASSWORD" | chpasswd',
        'echo "$TOKEN" | docker login --username app --password-stdin',
        "",
      ].join("\n"),
    ),
  ),
};
