import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import {
  arn,
  classic,
  forward,
  listen,
  listener,
  makeBalancer,
  plain,
  redirectTo,
  safeListener,
  secure,
  secured,
  securedNetwork,
  toHttps,
} from "./balancerParts";
import { bad, good, type PolicyCases } from "./case";
import { makeNetwork, makeSite } from "./parts";

/** A site with an HTTP listener that redirects. */
function makeRedirect(name: string, changed: Partial<aws.lb.ListenerArgs> = {}) {
  const site = makeSite(name);
  const http = { port: 80, protocol: "HTTP", defaultActions: toHttps, ...changed };
  return { ...site, http: listen(name, http, site.balancer.arn) };
}

const everyPath = [{ pathPattern: { values: ["/*"] } }];

export const balancers: PolicyCases = {
  "alb-token-nothing": bad("https-listener", (n) => {
    const { a, b } = makeNetwork(n);
    new aws.alb.LoadBalancer(n, { loadBalancerType: "application", subnets: [a.id, b.id] });
  }),
  "https-none": bad("https-listener", (n) => makeSite(n, { withoutHttps: true })),
  "https-only-http": bad("https-listener", (n) => {
    const { balancer } = makeSite(n, { withoutHttps: true });
    listen(n, { port: 80, protocol: "HTTP", defaultActions: toHttps }, balancer.arn);
  }),
  "https-http-on-443": bad("https-listener", (n) => {
    const { balancer } = makeSite(n, { withoutHttps: true });
    listen(n, { port: 443, protocol: "HTTP" }, balancer.arn);
  }),
  "https-of-another": bad("https-listener", (n) => {
    const { balancer } = makeSite(n, { withoutHttps: true });
    const other = makeBalancer(`${n}-other`, "application");
    const arns = pulumi.all([balancer.arn, other.arn]);
    listen(
      n,
      secured,
      arns.apply(([, second]) => second),
    );
  }),
  "https-internal-alb": bad("https-listener", (n) => {
    makeBalancer(n, "application", { internal: true });
  }),
  "https-classic-none": bad("https-listener", (n) => classic([plain], n)),
  "https-nlb-none": bad("https-listener", (n) => {
    listen(n, { port: 80, protocol: "TCP" }, makeBalancer(n, "network").arn);
  }),
  "fp-https-lowercase": good((n) => {
    const { balancer } = makeSite(n, { withoutHttps: true });
    listen(n, { ...secured, protocol: "https" }, balancer.arn);
  }, "https-listener"),
  "fp-https-alb-token": good((n) => {
    const { a, b } = makeNetwork(n);
    const { arn: loadBalancerArn } = new aws.alb.LoadBalancer(n, {
      ...{ subnets: [a.id, b.id], enableDeletionProtection: true },
    });
    new aws.alb.Listener(n, { loadBalancerArn, defaultActions: forward, ...secured });
    makeAlarmOfBalancer(n);
  }, "https-listener"),
  "fp-nlb-internal": good((n) => {
    const { arn: balancer } = makeBalancer(n, "network", { internal: true });
    listen(n, { port: 3306, protocol: "TCP" }, balancer);
  }, "https-listener"),
  "fp-nlb-internal-http": good((n) => {
    const { arn: balancer } = makeBalancer(n, "network", { internal: true });
    listen(n, { port: 80, protocol: "TCP" }, balancer);
  }, "https-listener"),
  "fp-nlb-passes-tls-on": good((n) => {
    listen(n, { port: 443, protocol: "TCP" }, makeBalancer(n, "network").arn);
  }, "https-listener"),
  "fp-nlb-tls": good((n) => {
    listen(n, securedNetwork, makeBalancer(n, "network").arn);
  }, "https-listener"),
  "fp-nlb-before-alb": good((n) => {
    const { arn: balancer } = makeBalancer(n, "network");
    const { vpc } = makeNetwork(`${n}-alb`);
    for (const port of [80, 443]) {
      const { arn: targetGroupArn } = new aws.lb.TargetGroup(`${n}-${String(port)}`, {
        ...{ targetType: "alb", port, protocol: "TCP", vpcId: vpc.id },
      });
      const defaultActions = [{ type: "forward", targetGroupArn }];
      listen(`${n}-${String(port)}`, { port, protocol: "TCP", defaultActions }, balancer);
    }
  }, "https-listener"),
  "fp-gateway-balancer": good((n) => {
    const { c, d } = makeNetwork(`${n}-gateway`);
    const subnets = [c.id, d.id];
    listen(n, {}, makeBalancer(n, "gateway", { subnets }).arn);
  }, "https-listener"),

  "http-listener-rule-forward": bad("http-redirects", (n) => {
    const { http, targetGroup } = makeRedirect(n);
    new aws.lb.ListenerRule(n, {
      ...{ listenerArn: http.arn, priority: 1, conditions: everyPath },
      actions: [{ type: "forward", targetGroupArn: targetGroup.arn }],
    });
  }),
  "http-alb-rule-forward": bad("http-redirects", (n) => {
    const { http, targetGroup } = makeRedirect(n);
    new aws.alb.ListenerRule(n, {
      ...{ listenerArn: http.arn, conditions: everyPath },
      actions: [{ type: "forward", forward: { targetGroups: [{ arn: targetGroup.arn }] } }],
    });
  }),
  "http-rule-redirect-to-80": bad("http-redirects", (n) => {
    const { http } = makeRedirect(n);
    new aws.lb.ListenerRule(n, {
      ...{ listenerArn: http.arn, conditions: everyPath },
      actions: [{ type: "redirect", redirect: { protocol: "HTTP", port: "80", statusCode: "HTTP_301" } }],
    });
  }),
  "http-rule-of-apply": bad("http-redirects", (n) => {
    const { http, balancer } = makeRedirect(n);
    const { arn: other } = listen(`${n}-other`, { ...secured, port: 8443 }, balancer.arn);
    new aws.lb.ListenerRule(n, {
      listenerArn: pulumi.all([other, http.arn]).apply(([, second]) => second),
      ...{ conditions: everyPath, actions: forward },
    });
  }),
  "fp-http-rule-on-https": good((n) => {
    const { balancer } = makeRedirect(n);
    const { arn: listenerArn } = listen(`${n}-more`, { ...secured, port: 8443 }, balancer.arn);
    new aws.lb.ListenerRule(n, { listenerArn, conditions: everyPath, actions: forward });
  }, "http-redirects"),
  "fp-http-rule-redirects": good((n) => {
    const { http } = makeRedirect(n);
    new aws.lb.ListenerRule(n, { listenerArn: http.arn, conditions: everyPath, actions: toHttps });
  }, "http-redirects"),
  "http-nlb-tcp80": bad("http-redirects", (n) => {
    const { arn: balancer } = makeBalancer(n, "network");
    listen(`${n}-tls`, securedNetwork, balancer);
    listen(n, { port: 80, protocol: "TCP" }, balancer);
  }),
  "http-nlb-tcp-udp-8080": bad("http-redirects", (n) => {
    const { arn: balancer } = makeBalancer(n, "network");
    listen(`${n}-tls`, securedNetwork, balancer);
    listen(n, { port: 8080, protocol: "tcp_udp" }, balancer);
  }),
  "http-nlb-literal": listener(
    "http-redirects",
    { port: 80, protocol: "TCP" },
    arn("loadbalancer/net/site/0a"),
  ),
  "http-classic": bad("http-redirects", (n) => classic([plain, secure], n)),
  "http-classic-tcp": bad("http-redirects", (n) =>
    classic([{ ...plain, lbProtocol: "tcp", instanceProtocol: "tcp" }, secure], n),
  ),
  "http-forward": listener("http-redirects", { port: 80, protocol: "HTTP" }),
  "http-lowercase": listener("http-redirects", { port: 80, protocol: "http" }),
  "http-on-8080": listener("http-redirects", { port: 8080, protocol: "HTTP" }),
  "http-unset-protocol": listener("http-redirects", { port: 8080 }),
  "http-redirect-to-80": listener("http-redirects", {
    ...{ port: 80, protocol: "HTTP" },
    defaultActions: redirectTo({ protocol: "HTTPS", port: "80" }),
  }),
  "http-redirect-same-port": listener("http-redirects", {
    ...{ port: 80, protocol: "HTTP" },
    defaultActions: redirectTo({ protocol: "HTTPS", port: "#{port}" }),
  }),
  "http-redirect-unset-port": listener("http-redirects", {
    ...{ port: 80, protocol: "HTTP" },
    defaultActions: redirectTo({ protocol: "HTTPS" }),
  }),
  "http-redirect-to-http": listener("http-redirects", {
    ...{ port: 80, protocol: "HTTP" },
    defaultActions: redirectTo({ host: "www.example.com", port: "443" }),
  }),
  "http-fixed-response": listener("http-redirects", {
    ...{ port: 80, protocol: "HTTP" },
    defaultActions: [{ type: "fixed-response", fixedResponse: { contentType: "text/plain" } }],
  }),
  "http-redirect-then-forward": listener("http-redirects", {
    ...{ port: 80, protocol: "HTTP" },
    defaultActions: [...toHttps, ...forward],
  }),
  "fp-http-redirect": safeListener({ port: 80, protocol: "HTTP", defaultActions: toHttps }),
  "fp-http-redirect-302": safeListener({
    ...{ port: 80, protocol: "HTTP" },
    defaultActions: redirectTo({ protocol: "HTTPS", port: "443", statusCode: "HTTP_302" }),
  }),
  "fp-http-redirect-8443": safeListener({
    ...{ port: 8080, protocol: "HTTP" },
    defaultActions: redirectTo({ protocol: "HTTPS", port: "8443", host: "www.example.com" }),
  }),
  "fp-nlb-mail": safeListener({ port: 25, protocol: "TCP" }, arn("loadbalancer/net/mail/0a")),
  "fp-gateway-listener": safeListener({}, arn("loadbalancer/gwy/inspection/0a")),

  "balancer-unprotected": bad("load-balancer-deletion-protection", (n) => {
    makeBalancer(n, "network", { internal: true, enableDeletionProtection: false });
  }),
  "balancer-alb-token-unprotected": bad("load-balancer-deletion-protection", (n) => {
    const { a, b } = makeNetwork(n);
    new aws.alb.LoadBalancer(n, { subnets: [a.id, b.id] });
  }),
};

function makeAlarmOfBalancer(name: string) {
  new aws.cloudwatch.MetricAlarm(name, {
    ...{ namespace: "AWS/ApplicationELB", metricName: "UnHealthyHostCount", threshold: 0 },
    ...{ comparisonOperator: "GreaterThanThreshold", evaluationPeriods: 1 },
    alarmActions: ["arn:aws:sns:us-east-1:123456789012:alarms"],
  });
}
