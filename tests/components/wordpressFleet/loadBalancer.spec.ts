import { expect } from "chai";

import { assertTargetGroupNameFits } from "../../../components/wordpressFleet/loadBalancer";
import { fleetSettings } from "../../../components/wordpressFleet/settings";
import { all, only } from "../../support/mocks";
import { optionsOf, runFleet } from "./fleet";

const listenerType = "aws:lb/listener:Listener";
const domain = { name: "blog.example.com", hostedZoneName: "example.com" };

describe("WordPressFleet's load balancer", () => {
  it("is internet-facing, and drops invalid headers", async () => {
    expect(only(await runFleet(), "aws:lb/loadBalancer:LoadBalancer").inputs).to.deep.include({
      loadBalancerType: "application",
      internal: false,
      subnets: ["subnet-public-a", "subnet-public-b"],
      securityGroups: ["sg-alb"],
      dropInvalidHeaderFields: true,
      enableDeletionProtection: false,
      idleTimeout: 60,
    });
  });

  it("can be protected from deletion", async () => {
    const run = await runFleet({ loadBalancerDeletionProtection: true });
    expect(only(run, "aws:lb/loadBalancer:LoadBalancer").inputs["enableDeletionProtection"]).to.equal(true);
  });

  it("is then not deleted or replaced by Pulumi, and neither are its listener and target group", async () => {
    const served = ["aws:lb/loadBalancer:LoadBalancer", listenerType, "aws:autoscaling/group:Group"];
    for (const type of served) {
      for (const loadBalancerDeletionProtection of [true, false]) {
        const { protect } = await optionsOf(type, { loadBalancerDeletionProtection });
        expect(protect, type).to.equal(loadBalancerDeletionProtection);
      }
    }
  });

  it("sends visitors to a target group of the given name", async () => {
    const run = await runFleet({ targetGroupName: "wordpress-servers", deregistrationDelaySeconds: 45 });
    expect(only(run, "aws:lb/targetGroup:TargetGroup").inputs).to.deep.include({
      name: "wordpress-servers",
      vpcId: "vpc-1",
      targetType: "instance",
      protocol: "HTTP",
      port: 80,
      deregistrationDelay: 45,
    });
  });

  it("has a generated target group name unless one is given, so that two stacks fit into a region", async () => {
    const { inputs } = only(await runFleet(), "aws:lb/targetGroup:TargetGroup");
    expect(inputs).not.to.have.property("name");
  });

  it("creates a replacement of the target group first, as AWS deletes none that is in use", async () => {
    const { deleteBeforeReplace } = await optionsOf("aws:lb/targetGroup:TargetGroup");
    expect(deleteBeforeReplace).to.equal(false);
  });

  it("requires a target group name when the component's name is too long for a generated one", () => {
    const long = "a".repeat(17);
    expect(() => {
      assertTargetGroupNameFits("fleet", long, fleetSettings.parse({ sizing: "manual" }));
    }).to.throw(
      "targetGroupName: missing - allowed: a name: the component's name has more than 16 characters",
    );
    assertTargetGroupNameFits("fleet", long.slice(1), fleetSettings.parse({ sizing: "manual" }));
    assertTargetGroupNameFits(
      "fleet",
      long,
      fleetSettings.parse({ sizing: "manual", targetGroupName: "web" }),
    );
  });

  it("checks each server alone: nginx, PHP and uploads, not the database", async () => {
    const { inputs } = only(await runFleet(), "aws:lb/targetGroup:TargetGroup");
    expect(inputs["healthCheck"]).to.deep.include({
      path: "/healthz",
      matcher: "200",
      interval: 5,
      timeout: 4,
    });
  });

  it("serves plain HTTP without a domain", async () => {
    const run = await runFleet();
    expect(only(run, listenerType).inputs).to.deep.include({
      protocol: "HTTP",
      port: 80,
      defaultActions: [
        {
          type: "forward",
          targetGroupArn: "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/site-servers",
        },
      ],
    });
  });

  it("serves HTTPS with a domain and an issued certificate, and redirects HTTP to it", async () => {
    const run = await runFleet({ domain });
    expect(only(run, listenerType, "site-http").inputs["defaultActions"]).to.deep.equal([
      { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } },
    ]);
    const { inputs } = only(run, listenerType, "site-https");
    expect(inputs).to.deep.include({
      protocol: "HTTPS",
      port: 443,
      certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/site-certificate",
    });
    expect(inputs["sslPolicy"]).to.match(/^ELBSecurityPolicy-TLS13-1-2-/);
    expect(only(run, "aws:acm/certificateValidation:CertificateValidation").inputs).to.deep.equal({
      certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/site-certificate",
      validationRecordFqdns: ["_check.blog.example.com."],
    });
    expect(run.outputs.url).to.equal("https://blog.example.com");
  });

  it("creates the domain's records in its zone: the certificate's validation, and an alias to the load balancer", async () => {
    const records = all(await runFleet({ domain }), "aws:route53/record:Record");
    expect(records.map(({ inputs }) => inputs)).to.have.deep.members([
      {
        zoneId: "Z0123456789ABCDEFGHIJ",
        name: "_check.blog.example.com.",
        type: "CNAME",
        records: ["_answer.acm-validations.aws."],
        ttl: 60,
        allowOverwrite: true,
      },
      {
        zoneId: "Z0123456789ABCDEFGHIJ",
        name: "blog.example.com",
        type: "A",
        aliases: [
          {
            name: "site-alb-1234567890.us-east-1.elb.amazonaws.com",
            zoneId: "Z35SXDOTRQ7X7K",
            evaluateTargetHealth: true,
          },
        ],
      },
    ]);
  });
});
