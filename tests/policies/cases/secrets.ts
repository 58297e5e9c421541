import * as aws from "@pulumi/aws";
import { asset } from "@pulumi/pulumi";
import { gzipSync } from "node:zlib";

import { bad, good, type PolicyCase, type PolicyCases } from "./case";
import { makeTemplate, safeInstance } from "./parts";

const base64 = (text: string) => Buffer.from(text).toString("base64");
const secret = (program: PolicyCase["program"]) => bad("no-plain-secrets", program);
const template = (userData: string) => (n: string) => makeTemplate(n, "sg-1", { userData: base64(userData) });
const environment = (variables: Record<string, string>) => (n: string) =>
  new aws.lambda.Function(n, {
    ...{ role: "r", runtime: "nodejs22.x", handler: "index.handler" },
    code: new asset.AssetArchive({ "index.js": new asset.StringAsset("x") }),
    loggingConfig: {
      logFormat: "JSON",
      logGroup: new aws.cloudwatch.LogGroup(n, { retentionInDays: 14 }).name,
    },
    environment: { variables },
  });
const accessKey = `AKIA${"ABCDEFGH".repeat(2)}`;

const scripts = [
  "#!/bin/sh\nexport DB_PASSWORD=hunter2 AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  `#!/bin/sh\naws configure set aws_access_key_id ${accessKey}`,
  "#cloud-config\nwrite_files:\n- path: /etc/app.yml\n  content: |\n    password: hunter22\n",
  "#!/bin/sh\nmysql -uroot -phunter22 -e 'select 1'",
  "#!/bin/sh\nmysql -e \"CREATE USER 'wp' IDENTIFIED BY 'hunter22'\"",
  "#!/bin/sh\necho 'admin:hunter22' | chpasswd",
  "#!/bin/sh\ncurl https://user:hunter22@example.com/x",
  "<?php define('DB_PASSWORD', 'hunter22');",
  "#!/bin/sh\ncat > k <<X\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\nX",
  `#!/bin/sh\ngit clone https://ghp_${"a1B2".repeat(9)}@github.com/a/b`,
  "#!/bin/sh\napp --api-key 0123456789abcdef",
  "#!/bin/sh\ndocker run -e MYSQL_ROOT_PASSWORD=hunter22 mysql",
  '{"dbPassword": "hunter22"}',
];
const harmless = [
  '#!/bin/sh\nDB_PASSWORD=$(aws secretsmanager get-secret-value --secret-id "$SECRET_ARN" --query SecretString)',
  '#!/bin/sh\npassword="$(cat /run/secrets/db)"\nmysql -p"$password"',
  "#!/bin/sh\nTOKEN=`curl -X PUT http://169.254.169.254/latest/api/token`\nexport SECRET_ARN=arn:aws:secretsmanager:x",
  "#!/bin/sh\nsed -i 's/^PasswordAuthentication.*/PasswordAuthentication no/' /etc/ssh/sshd_config\npasswd -l root",
  "#cloud-config\nssh_pwauth: false\npackages: [nginx]\nruncmd:\n- systemctl enable nginx",
  "<?php define('DB_PASSWORD', getenv('DB_PASSWORD')); define('SECRET_NAME', 'prod/db');",
];
const variables: readonly Record<string, string>[] = [
  { DB_PASSWORD: "hunter2" },
  { apiKey: "0123456789abcdef" },
  { GITHUB_TOKEN: "a-token-of-ours-1" },
  { DATABASE_URL: "postgres://app:hunter22@db.example.com/app" },
  { SETTINGS: `key=${accessKey}` },
  { DB_PASSWORD_PROD: "hunter22" },
  { SLACK_WEBHOOK_SECRET: "8f742231b10e8888abcd99yyyzzz85a5" },
];
const references: readonly Record<string, string>[] = [
  {
    SECRET_ARN: "arn:aws:secretsmanager:us-east-1:123456789012:secret:db",
    DB_PASSWORD_PARAMETER: "/prod/db/password",
  },
  { SECRET_NAME: "prod/db", DB_SECRET: "prod/wordpress/db", TOKEN_URL: "https://auth.example.com/token" },
  {
    PASSWORD_MIN_LENGTH: "12",
    TOKEN_TTL_SECONDS: "3600",
    USE_TOKEN: "true",
    MAX_TOKENS: "4096",
    LOG_LEVEL: "info",
  },
  { DATABASE_URL: "postgres://db.example.com/app", KEY_PAIR_NAME: "shop", PWD: "/var/task" },
];

/** Secrets that everyone reads who may describe the resource. */
export const secrets: PolicyCases = {
  ...Object.fromEntries(
    scripts.map((text, index) => [`userdata-secret-${String(index)}`, secret(template(text))]),
  ),
  ...Object.fromEntries(
    harmless.map((text, index) => [`fp-userdata-${String(index)}`, good(template(text))]),
  ),
  ...Object.fromEntries(
    variables.map((each, index) => [`env-secret-${String(index)}`, secret(environment(each))]),
  ),
  ...Object.fromEntries(
    references.map((each, index) => [`fp-env-${String(index)}`, good(environment(each))]),
  ),
  "userdata-gzip": secret((n) =>
    makeTemplate(n, "sg-1", {
      userData: gzipSync("#!/bin/sh\nexport DB_PASSWORD=hunter22").toString("base64"),
    }),
  ),
  "userdata-instance": secret(
    (n) => new aws.ec2.Instance(n, { ...safeInstance, userData: "#!/bin/sh\nexport TOKEN=hunter2hunter2" }),
  ),
  "userdata-instance-base64": secret(
    (n) => new aws.ec2.Instance(n, { ...safeInstance, userDataBase64: base64("API_KEY=hunter2hunter2") }),
  ),
  "userdata-launch-configuration": secret(
    (n) =>
      new aws.ec2.LaunchConfiguration(n, {
        ...{ imageId: "ami-1", instanceType: "t3.micro", userData: "DB_PASSWORD=hunter22" },
      }),
  ),
  "env-secret-container": secret(
    (n) =>
      new aws.ecs.TaskDefinition(n, {
        family: "f",
        containerDefinitions: JSON.stringify([
          { name: "a", environment: [{ name: "LOG_LEVEL", value: "info" }] },
          { name: "b", environment: [{ name: "DB_PASSWORD", value: "hunter22" }] },
        ]),
      }),
  ),
  "env-secret-build": secret(
    (n) =>
      new aws.codebuild.Project(n, {
        ...{ serviceRole: "r", artifacts: { type: "NO_ARTIFACTS" }, source: { type: "NO_SOURCE" } },
        environment: {
          ...{ computeType: "BUILD_GENERAL1_SMALL", image: "i", type: "LINUX_CONTAINER" },
          environmentVariables: [{ name: "NPM_TOKEN", value: "hunter2hunter2" }],
        },
      }),
  ),
  "fp-env-build": good(
    (n) =>
      new aws.codebuild.Project(n, {
        ...{ serviceRole: "r", artifacts: { type: "NO_ARTIFACTS" }, source: { type: "NO_SOURCE" } },
        environment: {
          ...{ computeType: "BUILD_GENERAL1_SMALL", image: "i", type: "LINUX_CONTAINER" },
          environmentVariables: [{ name: "NPM_TOKEN", value: "npm-token", type: "SECRETS_MANAGER" }],
        },
      }),
  ),
  "parameter-secret": secret(
    (n) => new aws.ssm.Parameter(n, { name: "/prod/db/password", type: "String", value: "hunter22" }),
  ),
  "fp-parameter-secure": good(
    (n) => new aws.ssm.Parameter(n, { name: "/prod/db/password", type: "SecureString", value: "hunter22" }),
  ),
};
