import { expect } from "chai";

import { assertReported } from "../../../components/wordpressFleet/siteHealthCheck";
import { all, only } from "../../support/mocks";
import { runFleet } from "./fleet";

const healthCheck = "aws:route53/healthCheck:HealthCheck";

describe("the health check of the site", () => {
  it("requests the deep page from the load balancer", async () => {
    expect(only(await runFleet({ siteHealthCheck: true }), healthCheck).inputs).to.deep.include({
      type: "HTTP",
      port: 80,
      fqdn: "site-alb-1234567890.us-east-1.elb.amazonaws.com",
      resourcePath: "/healthz/deep",
    });
  });

  it("requests it by the domain name and with TLS when there is a domain", async () => {
    const domain = { name: "blog.example.com", hostedZoneName: "example.com" };
    expect(only(await runFleet({ siteHealthCheck: true, domain }), healthCheck).inputs).to.deep.include({
      type: "HTTPS",
      port: 443,
      fqdn: "blog.example.com",
      enableSni: true,
    });
  });

  it("is not a health check of the group, which must not replace servers while the database is unavailable", async () => {
    const run = await runFleet({ siteHealthCheck: true });
    const targetGroups = all(run, "aws:lb/targetGroup:TargetGroup");
    expect(targetGroups.map(({ inputs }) => inputs["healthCheck"])).to.have.nested.property(
      "[0].path",
      "/healthz",
    );
    expect(only(run, "aws:autoscaling/group:Group").inputs["targetGroupArns"]).to.have.length(
      targetGroups.length,
    );
  });

  it("is not created by default, nor is its alarm", async () => {
    const run = await runFleet();
    expect(all(run, healthCheck)).to.deep.equal([]);
    expect(
      all(run, "aws:cloudwatch/metricAlarm:MetricAlarm").map(({ inputs }) => inputs["namespace"]),
    ).not.to.include("AWS/Route53");
  });

  it("is refused in a region to which Route 53 does not report", () => {
    expect(() => {
      assertReported('WordPressFleet "site"', "us-west-2");
    }).to.throw(/siteHealthCheck: true - allowed: false in us-west-2/);
    expect(() => {
      assertReported('WordPressFleet "site"', "us-east-1");
    }).not.to.throw();
  });
});
