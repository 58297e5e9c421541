import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";

import { all, only } from "../../support/mocks";
import { problemsOf } from "../../support/problems";
import { rejectionOf } from "../../support/rejection";
import { untagged } from "../../support/tags";
import { fleetOf, place, runFleet } from "./fleet";

describe("WordPressFleet", () => {
  it("gives the site's address and the names of its parts", async () => {
    expect((await runFleet()).outputs).to.deep.equal({
      url: "http://site-alb-1234567890.us-east-1.elb.amazonaws.com",
      loadBalancerDnsName: "site-alb-1234567890.us-east-1.elb.amazonaws.com",
      targetGroupArn: "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/site-servers",
      autoScalingGroupName: "site-fleet",
      launchTemplateId: "site-existing-id",
      topicArn: "arn:aws:sns:us-east-1:123456789012:site-fleet",
      adminSecretArn: "arn:aws:secretsmanager:us-east-1:123456789012:secret:site-administrator",
      roleName: "site-servers",
    });
  });

  it("tags every resource that supports tags, each with its name", async () => {
    const run = await runFleet({
      tags: { Stack: "test" },
      domain: { name: "blog.example.com", hostedZoneName: "example.com" },
      notificationEmails: ["someone@example.com"],
      schedules: [{ name: "night", recurrence: "0 20 * * *", min: 1, desired: 1, max: 2 }],
    });
    expect(untagged(run, { Stack: "test" })).to.deep.equal([]);
    const { inputs } = only(run, "aws:autoscaling/group:Group");
    expect(inputs["tags"]).to.deep.equal([
      { key: "Stack", value: "test", propagateAtLaunch: false },
      { key: "Name", value: "site-fleet", propagateAtLaunch: false },
    ]);
  });

  it("lists every wrong argument at once, and registers nothing", async () => {
    const program = () =>
      fleetOf({
        instanceType: "micro",
        capacity: { min: 0, desired: 1, max: 2 },
        image: { source: "existing", amiId: "my-image" },
        notificationEmails: ["someone"],
        targetTracking: { cpuPercent: 101 },
        schedules: [{ name: "night", recurrence: "0 20 * *", timeZone: "Seoul", min: 1, desired: 1, max: 2 }],
      });
    expect(await problemsOf(program)).to.have.members([
      'instanceType: "micro"',
      "capacity.min: 0",
      'image.amiId: "my-image"',
      'notificationEmails.0: "someone"',
      "targetTracking.cpuPercent: 101",
      'schedules.0.recurrence: "0 20 * *"',
      'schedules.0.timeZone: "Seoul"',
    ]);
  });

  for (const argument of ["loadBalancerSubnetIds", "instanceSubnetIds"] as const) {
    it(`accepts ${argument} only with two or more subnets`, async () => {
      const message = await rejectionOf(runFleet({ ...place, [argument]: pulumi.output(["subnet-a"]) }));
      expect(message).to.match(new RegExp(`WordPressFleet "site".*\\n.*${argument}: \\["subnet-a"\\]`));
    });
  }
});

describe("WordPressFleet's role", () => {
  it("may only read the two secrets and write the administrator's secret", async () => {
    const run = await runFleet();
    const { inputs } = only(run, "aws:iam/rolePolicy:RolePolicy");
    expect(JSON.parse(String(inputs["policy"]))).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: "secretsmanager:GetSecretValue",
          Resource: [place.database.secretArn, run.outputs.adminSecretArn],
        },
        { Effect: "Allow", Action: "secretsmanager:PutSecretValue", Resource: run.outputs.adminSecretArn },
      ],
    });
    const trust = String(only(run, "aws:iam/role:Role").inputs["assumeRolePolicy"]);
    expect(JSON.parse(trust)).to.have.nested.property("Statement[0].Principal.Service", "ec2.amazonaws.com");
    expect(all(run, "aws:iam/rolePolicyAttachment:RolePolicyAttachment")).to.deep.equal([]);
  });

  it("is not created when the settings name an instance profile, as in a Learner Lab", async () => {
    const run = await runFleet({ instanceProfileName: "LabInstanceProfile" });
    expect(run.resources.filter(({ type }) => type.startsWith("aws:iam/"))).to.deep.equal([]);
    expect(only(run, "aws:ec2/launchTemplate:LaunchTemplate").inputs["iamInstanceProfile"]).to.deep.equal({
      name: "LabInstanceProfile",
    });
    expect(run.outputs.roleName).to.equal(undefined);
  });
});

describe("WordPressFleet's notifications", () => {
  it("are sent to a topic for each launch and termination of a server, and for failed ones", async () => {
    const { inputs } = only(await runFleet(), "aws:autoscaling/notification:Notification");
    expect(inputs).to.deep.equal({
      groupNames: ["site-fleet"],
      topicArn: "arn:aws:sns:us-east-1:123456789012:site-fleet",
      notifications: [
        "autoscaling:EC2_INSTANCE_LAUNCH",
        "autoscaling:EC2_INSTANCE_LAUNCH_ERROR",
        "autoscaling:EC2_INSTANCE_TERMINATE",
        "autoscaling:EC2_INSTANCE_TERMINATE_ERROR",
      ],
    });
  });

  it("have no subscription by default, and one for each e-mail address in the settings", async () => {
    const subscription = "aws:sns/topicSubscription:TopicSubscription";
    expect(all(await runFleet(), subscription)).to.deep.equal([]);
    const run = await runFleet({ notificationEmails: ["a@example.com", "b@example.com"] });
    expect(
      all(run, subscription).map(({ inputs }) => [inputs["protocol"], inputs["endpoint"]]),
    ).to.deep.equal([
      ["email", "a@example.com"],
      ["email", "b@example.com"],
    ]);
  });

  it("are not encrypted with a key that AWS's services may not use", async () => {
    expect(only(await runFleet(), "aws:sns/topic:Topic").inputs).not.to.have.property("kmsMasterKeyId");
  });
});

describe("WordPressFleet's administrator", () => {
  it("has a secret whose value the program does not know", async () => {
    const run = await runFleet();
    expect(only(run, "aws:secretsmanager/secret:Secret").inputs).to.have.keys(
      "description",
      "recoveryWindowInDays",
      "tags",
    );
    expect(all(run, "aws:secretsmanager/secretVersion:SecretVersion")).to.deep.equal([]);
  });
});

describe("WordPressFleet's alarms", () => {
  const alarm = "aws:cloudwatch/metricAlarm:MetricAlarm";

  it("monitor servers, load balancer, database and the whole site, and notify the topic of problems and recoveries", async () => {
    const run = await runFleet({ siteHealthCheck: true });
    const metrics = all(run, alarm).map(
      ({ inputs }) => `${String(inputs["namespace"])} ${String(inputs["metricName"])}`,
    );
    expect(metrics).to.have.members([
      "AWS/ApplicationELB HealthyHostCount",
      "AWS/ApplicationELB UnHealthyHostCount",
      "AWS/ApplicationELB HTTPCode_Target_5XX_Count",
      "AWS/ApplicationELB HTTPCode_ELB_5XX_Count",
      "AWS/Route53 HealthCheckStatus",
      "AWS/RDS CPUUtilization",
      "AWS/RDS FreeStorageSpace",
    ]);
    for (const { inputs } of all(run, alarm)) {
      expect(inputs).to.deep.include({
        alarmActions: ["arn:aws:sns:us-east-1:123456789012:site-fleet"],
        okActions: ["arn:aws:sns:us-east-1:123456789012:site-fleet"],
        actionsEnabled: true,
      });
    }
  });

  it("treat missing data of the database and of the site's health check as an outage", async () => {
    const run = await runFleet({ siteHealthCheck: true });
    expect(only(run, alarm, "site-database-busy-or-away").inputs).to.deep.include({
      treatMissingData: "breaching",
      dimensions: { DBInstanceIdentifier: "site-database" },
    });
    expect(only(run, alarm, "site-site-unwell").inputs).to.deep.include({
      treatMissingData: "breaching",
      dimensions: { HealthCheckId: "site-site-id" },
    });
  });

  it("treat missing counts of servers as an outage, since AWS counts only existing servers", async () => {
    const { inputs } = only(await runFleet(), alarm, "site-no-healthy-server");
    expect(inputs).to.deep.include({
      comparisonOperator: "LessThanThreshold",
      threshold: 1,
      treatMissingData: "breaching",
      dimensions: {
        LoadBalancer: "app/site-alb/0123456789abcdef",
        TargetGroup: "targetgroup/site-servers/0123456789abcdef",
      },
    });
  });

  it("are off while the fleet is paused, except those of the database, which still runs", async () => {
    const alarms = all(await runFleet({ paused: true, siteHealthCheck: true }), alarm);
    const silent = alarms.filter(({ inputs }) => inputs["actionsEnabled"] === false);
    expect(silent.map(({ name }) => name)).to.have.members([
      "site-no-healthy-server",
      "site-unhealthy-server",
      "site-server-errors",
      "site-load-balancer-errors",
      "site-site-unwell",
    ]);
  });

  it("treat missing data of a paused site's database as stopped by its owner", async () => {
    const { inputs } = only(
      await runFleet({ paused: true, siteHealthCheck: true }),
      alarm,
      "site-database-busy-or-away",
    );
    expect(inputs).to.deep.include({ actionsEnabled: true, treatMissingData: "notBreaching" });
  });
});
