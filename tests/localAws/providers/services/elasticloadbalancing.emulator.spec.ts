import { expect } from "chai";

import { listener } from "../../../../localAws/providers/aws/elasticloadbalancing/listener";
import { listenerRule } from "../../../../localAws/providers/aws/elasticloadbalancing/listenerRule";
import { loadBalancer } from "../../../../localAws/providers/aws/elasticloadbalancing/loadBalancer";
import { targetGroup } from "../../../../localAws/providers/aws/elasticloadbalancing/targetGroup";
import { rejectionOf } from "../../../support/rejection";
import { emulatedAccount } from "./emulated";
import { change, driftOf, end, expectInStep, make, preview, problemsOf, refresh, type Kept } from "./life";
import { defaultSubnets, defaultVpc, securityGroup } from "./network";

describe("load balancer types on the emulator", () => {
  const account = emulatedAccount();
  let subnets: readonly [string, string, string];
  let balancer: Kept;
  let servers: Kept;
  let others: Kept;

  before(async () => {
    const { aws } = account;
    subnets = await defaultSubnets(aws);
    const [first, second] = subnets;
    const vpcId = await defaultVpc(aws);
    balancer = await make(aws, loadBalancer, {
      subnets: [first, second],
      securityGroups: [await securityGroup(aws, "front")],
      tags: { Name: "front" },
    });
    const target = { port: 80, protocol: "HTTP", vpcId };
    servers = await make(aws, targetGroup, { ...target, name: "wordpress-servers" });
    others = await make(aws, targetGroup, { ...target, name: "others" });
  });

  it("manage a load balancer", async () => {
    const { aws } = account;
    const [first, second, third] = subnets;
    await expectInStep(aws, balancer);
    expect(balancer.state["dnsName"]).to.be.a("string").that.contains(".elb.amazonaws.com");
    expect(balancer.state["arnSuffix"]).to.match(/^app\/thing-[0-9a-f]{7}\/[0-9a-f]+$/);

    const made = await make(aws, loadBalancer, { name: "changing", subnets: [first, second] });
    await expectInStep(aws, made);
    const changed = await change(aws, made, {
      name: "changing",
      dropInvalidHeaderFields: true,
      idleTimeout: 120,
      securityGroups: [await securityGroup(aws, "other")],
      subnets: [second, third],
      tags: { Name: "changing" },
      xffHeaderProcessingMode: "remove",
    });
    await expectInStep(aws, changed);
    expect(preview(changed, { ...changed.inputs, internal: true }).replaced).to.deep.equal(["internal"]);

    const elb = await aws.elbv2();
    await elb.modifyLoadBalancerAttributes({
      LoadBalancerArn: made.id,
      Attributes: [{ Key: "idle_timeout.timeout_seconds", Value: "30" }],
    });
    await elb.setSubnets({ LoadBalancerArn: made.id, Subnets: [first, second] });
    expect(await driftOf(aws, changed)).to.deep.equal(["idleTimeout", "subnets"]);
    await end(aws, changed);
  });

  it("refuse a load balancer in a single zone", async () => {
    const { aws } = account;
    const lonely = make(aws, loadBalancer, { name: "lonely", subnets: [subnets[0]] });
    expect(await rejectionOf(lonely)).to.contain("at least two Availability Zones");
  });

  it("refuse to delete a protected load balancer", async () => {
    const { aws } = account;
    const inputs = { name: "protected", subnets: subnets.slice(0, 2) };
    const made = await make(aws, loadBalancer, { ...inputs, enableDeletionProtection: true });
    expect(await rejectionOf(loadBalancer.delete(aws, made.id, made.state))).to.contain(
      "deletion protection is enabled",
    );
    const freed = await change(aws, made, { ...inputs, enableDeletionProtection: false });
    await end(aws, freed);
  });

  it("manage a target group, its health check and stickiness", async () => {
    const { aws } = account;
    const inputs = {
      deregistrationDelay: 0,
      healthCheck: { path: "/healthz", interval: 10, timeout: 5, healthyThreshold: 2 },
      port: 80,
      protocol: "HTTP",
      stickiness: { type: "lb_cookie", enabled: false },
      tags: { Name: "servers" },
      vpcId: await defaultVpc(aws),
    };
    const made = await make(aws, targetGroup, inputs);
    await expectInStep(aws, made);

    const changed = await change(aws, made, {
      ...inputs,
      deregistrationDelay: 30,
      healthCheck: { path: "/health", matcher: "200-299", interval: 15, unhealthyThreshold: 5 },
      loadBalancingAlgorithmType: "least_outstanding_requests",
      slowStart: 60,
      stickiness: { type: "lb_cookie", enabled: true, cookieDuration: 3600 },
      tags: {},
    });
    await expectInStep(aws, changed);
    expect(preview(changed, { ...changed.inputs, port: 8080 }).replaced).to.deep.equal(["port"]);

    const elb = await aws.elbv2();
    await elb.modifyTargetGroup({ TargetGroupArn: made.id, HealthCheckPath: "/" });
    await elb.modifyTargetGroupAttributes({
      TargetGroupArn: made.id,
      Attributes: [{ Key: "deregistration_delay.timeout_seconds", Value: "300" }],
    });
    expect(await driftOf(aws, changed)).to.deep.equal(["deregistrationDelay", "healthCheck"]);
    await end(aws, changed);
  });

  it("manage a listener that forwards", async () => {
    const { aws } = account;
    const inputs = { loadBalancerArn: balancer.id, port: 8080 };
    const made = await make(aws, listener, {
      ...inputs,
      defaultActions: [{ type: "forward", targetGroupArn: servers.id }],
      tags: { Name: "http" },
    });
    await expectInStep(aws, made);

    const changed = await change(aws, made, {
      ...inputs,
      defaultActions: [
        {
          type: "forward",
          forward: { targetGroups: [{ arn: servers.id, weight: 9 }, { arn: others.id }] },
        },
      ],
      port: 8081,
      routingHttpResponseServerEnabled: false,
    });
    await expectInStep(aws, changed);

    const elb = await aws.elbv2();
    await elb.modifyListener({
      ListenerArn: made.id,
      DefaultActions: [{ Type: "forward", TargetGroupArn: others.id }],
    });
    expect(await driftOf(aws, changed)).to.deep.equal(["defaultActions"]);
    await end(aws, changed);
  });

  it("accept a listener's protocol in any case", async () => {
    const { aws } = account;
    const inputs = {
      defaultActions: [{ type: "forward", targetGroupArn: servers.id }],
      loadBalancerArn: balancer.id,
      port: 8095,
      protocol: "http",
    };
    const made = await make(aws, listener, inputs);
    await expectInStep(aws, made);
    expect(made.state["protocol"]).to.equal("HTTP");
    expect(preview(made, { ...inputs, protocol: "Http" }).changed).to.deep.equal([]);
    await end(aws, made);
  });

  it("detect weights of targets that were set outside of Pulumi", async () => {
    const { aws } = account;
    const made = await make(aws, listener, {
      defaultActions: [{ type: "forward", targetGroupArn: servers.id }],
      loadBalancerArn: balancer.id,
      port: 8085,
    });
    const weighted = [
      { TargetGroupArn: servers.id, Weight: 1 },
      { TargetGroupArn: others.id, Weight: 3 },
    ];
    await (
      await aws.elbv2()
    ).modifyListener({
      ListenerArn: made.id,
      DefaultActions: [{ Type: "forward", ForwardConfig: { TargetGroups: weighted } }],
    });
    const found = await refresh(aws, made);
    expect(JSON.stringify(found?.state["defaultActions"])).to.contain('"weight":3');
    await end(aws, made);
  });

  it("manage a listener that redirects", async () => {
    const { aws } = account;
    const inputs = { loadBalancerArn: balancer.id, port: 8090 };
    const made = await make(aws, listener, {
      ...inputs,
      defaultActions: [
        { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } },
      ],
    });
    await expectInStep(aws, made);
    const changed = await change(aws, made, {
      ...inputs,
      defaultActions: [
        { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "503" } },
      ],
    });
    await expectInStep(aws, changed);
    await end(aws, changed);
  });

  it("manage an HTTPS listener with its certificate", async () => {
    const { aws } = account;
    const acm = await aws.acm();
    const arns = await Promise.all(
      ["a.example.com", "b.example.com"].map(async (DomainName) => {
        const { CertificateArn = "" } = await acm.requestCertificate({ DomainName });
        return CertificateArn;
      }),
    );
    const [first = "", second = ""] = arns;
    const inputs = {
      certificateArn: first,
      defaultActions: [{ type: "forward", targetGroupArn: servers.id }],
      loadBalancerArn: balancer.id,
      port: 443,
      protocol: "HTTPS",
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
    };
    const made = await make(aws, listener, inputs);
    await expectInStep(aws, made);
    const changed = await change(aws, made, {
      ...inputs,
      certificateArn: second,
      routingHttpResponseStrictTransportSecurityHeaderValue: "max-age=31536000",
    });
    await expectInStep(aws, changed);
    await end(aws, changed);
  });

  it("manage a listener's rule", async () => {
    const { aws } = account;
    const owner = await make(aws, listener, {
      defaultActions: [{ type: "forward", targetGroupArn: servers.id }],
      loadBalancerArn: balancer.id,
      port: 8100,
    });
    const inputs = {
      actions: [{ type: "forward", targetGroupArn: others.id }],
      conditions: [
        { pathPattern: { values: ["/wp-admin/*", "/wp-login.php"] } },
        { sourceIp: { values: ["203.0.113.0/24"] } },
      ],
      listenerArn: owner.id,
    };
    const made = await make(aws, listenerRule, inputs);
    expect(made.state["priority"]).to.equal(1);
    await expectInStep(aws, made);

    const changed = await change(aws, made, {
      ...inputs,
      conditions: [
        { hostHeader: { values: ["blog.example.com"] } },
        { httpHeader: { httpHeaderName: "X-From", values: ["here"] } },
        { httpRequestMethod: { values: ["POST"] } },
      ],
      priority: 7,
      tags: { Name: "rule" },
    });
    await expectInStep(aws, changed);

    const elb = await aws.elbv2();
    await elb.setRulePriorities({ RulePriorities: [{ RuleArn: made.id, Priority: 8 }] });
    expect(await driftOf(aws, changed)).to.deep.equal(["priority"]);
    await end(aws, changed);
  });

  it("refuse everything that ELB refuses, all at once", () => {
    const named = (problems: readonly { readonly property: string }[]) =>
      problems.map(({ property }) => property);
    expect(
      named(
        problemsOf(targetGroup, {
          deregistrationDelay: 3601,
          healthCheck: { healthyThreshold: 1, interval: 10, timeout: 10 },
          port: 80,
          protocol: "HTTP",
          slowStart: 20,
          vpcId: "vpc-1",
        }),
      ),
    ).to.have.members([
      "deregistrationDelay",
      "healthCheck.healthyThreshold",
      "healthCheck.timeout",
      "slowStart",
    ]);
    expect(
      named(
        problemsOf(listener, {
          defaultActions: [
            { type: "forward" },
            { type: "redirect", redirect: { statusCode: "301" } },
            { type: "authenticate-oidc" },
          ],
          loadBalancerArn: "arn",
          port: 443,
          protocol: "HTTPS",
        }),
      ),
    ).to.have.members(["certificateArn", "defaultActions[0]", "defaultActions[1]", "defaultActions[2]"]);
    expect(
      named(problemsOf(loadBalancer, { loadBalancerType: "network", subnets: ["subnet-1"] })),
    ).to.deep.equal(["loadBalancerType"]);
  });
});
