"use strict";
// Each client of AWS's SDK, loaded when it is first asked for. `import()` would do too, but Node reads every
// file of a package twice for it: once more to find out what it exports. Types: sdk.d.cts.

exports.acm = () => require("@aws-sdk/client-acm");
exports.autoScaling = () => require("@aws-sdk/client-auto-scaling");
exports.cloudWatch = () => require("@aws-sdk/client-cloudwatch");
exports.cloudWatchLogs = () => require("@aws-sdk/client-cloudwatch-logs");
exports.ec2 = () => require("@aws-sdk/client-ec2");
exports.efs = () => require("@aws-sdk/client-efs");
exports.elbv2 = () => require("@aws-sdk/client-elastic-load-balancing-v2");
exports.iam = () => require("@aws-sdk/client-iam");
exports.lambda = () => require("@aws-sdk/client-lambda");
exports.rds = () => require("@aws-sdk/client-rds");
exports.route53 = () => require("@aws-sdk/client-route-53");
exports.scheduler = () => require("@aws-sdk/client-scheduler");
exports.secretsManager = () => require("@aws-sdk/client-secrets-manager");
exports.sesv2 = () => require("@aws-sdk/client-sesv2");
exports.sns = () => require("@aws-sdk/client-sns");
exports.sqs = () => require("@aws-sdk/client-sqs");
exports.ssm = () => require("@aws-sdk/client-ssm");
exports.sts = () => require("@aws-sdk/client-sts");
