import { severalZones } from "../../../policies/guardrails/rules/severalZones";
import { httpRedirects } from "../../../policies/production/rules/httpRedirects";
import { httpsListener } from "../../../policies/production/rules/httpsListener";
import { tlsPolicy } from "../../../policies/production/rules/tlsPolicy";
import type { StackResource } from "../../../policies/support/stack";
import { updateWithAwsx } from "../support/awsx";
import { itAwaitsUpdate, itPassesStack, itRefusesStack } from "../support/expectations";
import { among, anyFixture, unknown } from "../support/fixture";
import { publicSubnets } from "../support/site";

const balancer = (name: string, props: object) =>
  among(anyFixture("aws:lb/loadBalancer:LoadBalancer", name, props), {});
const listener = (props: object, of?: StackResource) =>
  among(
    anyFixture("aws:lb/listener:Listener", "listener", { defaultActions: [{ type: "forward" }], ...props }),
    of === undefined ? {} : { loadBalancerArn: [of] },
  );
const network = balancer("nlb", { loadBalancerType: "network" });
const internal = balancer("internal", { loadBalancerType: "network", internal: true });
const gateway = balancer("gateway", { loadBalancerType: "gateway" });
const arnOf = (kind: string) => `arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/${kind}/a/0a`;

describe("listeners of network load balancers", () => {
  const allowed = "TLS, or an application load balancer that redirects";
  for (const port of [80, 81, 8000, 8008, 8080, 8888]) {
    for (const protocol of ["TCP", "tcp_udp", "QUIC", "TCP_QUIC"]) {
      const plain = listener({ port, protocol }, network);
      itRefusesStack(httpRedirects, `${protocol} on ${String(port)}`, [network, plain], {
        ...{ of: plain, at: "protocol", value: `${protocol.toUpperCase()} on port ${String(port)}`, allowed },
      });
    }
  }
  const byArn = listener({ port: 80, protocol: "TCP", loadBalancerArn: arnOf("net") });
  itRefusesStack(httpRedirects, "TCP on 80 of another stack", [byArn], {
    ...{ of: byArn, at: "protocol", value: "TCP on port 80", allowed },
  });
  const byProtocol = listener({ port: 80, protocol: "TCP", loadBalancerArn: "arn" });
  itRefusesStack(httpRedirects, "TCP on 80 by its protocol", [byProtocol], {
    ...{ of: byProtocol, at: "protocol", value: "TCP on port 80", allowed },
  });
  for (const [what, stack] of [
    ["UDP on 80", [network, listener({ port: 80, protocol: "UDP" }, network)]],
    ["TCP on 25", [network, listener({ port: 25, protocol: "TCP" }, network)]],
    ["TCP on 80 inside the VPC", [internal, listener({ port: 80, protocol: "TCP" }, internal)]],
    ["a gateway's listener", [gateway, listener({}, gateway)]],
    ["a gateway's listener of another stack", [listener({ loadBalancerArn: arnOf("gwy") })]],
    ["a listener without a port", [listener({ loadBalancerArn: "arn" })]],
    ["HTTPS by its ARN", [listener({ protocol: "HTTPS", port: 80, loadBalancerArn: arnOf("app") })]],
  ] as const) {
    itPassesStack(httpRedirects, what, stack);
  }
  const targetGroup = (targetType: string) =>
    among(anyFixture("aws:lb/targetGroup:TargetGroup", targetType, { targetType, arn: targetType }), {});
  const before = (...groups: readonly StackResource[]) => {
    const forwarding = { port: 80, protocol: "TCP", defaultActions: unknown };
    return among(listener(forwarding, network), { loadBalancerArn: [network], defaultActions: groups });
  };
  const alb = targetGroup("alb");
  const ip = targetGroup("ip");
  itPassesStack(httpRedirects, "TCP on 80 before an application load balancer", [network, alb, before(alb)]);
  const forwarding = (defaultActions: readonly object[]) =>
    among(listener({ port: 80, protocol: "TCP", defaultActions }, network), {
      ...{ loadBalancerArn: [network], defaultActions: [alb, ip] },
    });
  const byArnTo = (targetGroupArn: string) => forwarding([{ type: "forward", targetGroupArn }]);
  itPassesStack(httpRedirects, "TCP on 80 to the ARN of a group before an application load balancer", [
    ...[network, alb, ip, byArnTo("alb")],
  ]);
  itRefusesStack(
    httpRedirects,
    "TCP on 80 to the ARN of a group of servers",
    [network, alb, ip, byArnTo("ip")],
    {
      ...{ of: byArnTo("ip"), at: "protocol", value: "TCP on port 80", allowed },
    },
  );
  const weighted = { type: "forward", forward: { targetGroups: [{ arn: "alb" }] } };
  const weightedTo = (...groups: readonly StackResource[]) =>
    among(forwarding([weighted]), { loadBalancerArn: [network], defaultActions: groups });
  itPassesStack(httpRedirects, "TCP on 80 that distributes to groups before an application load balancer", [
    ...[network, alb, weightedTo(alb)],
  ]);
  itRefusesStack(
    httpRedirects,
    "TCP on 80 that distributes to groups of servers too",
    [network, alb, ip, weightedTo(alb, ip)],
    { of: weightedTo(), at: "protocol", value: "TCP on port 80", allowed },
  );
  itRefusesStack(httpRedirects, "TCP on 80 before servers", [network, alb, ip, before(alb, ip)], {
    ...{ of: before(alb, ip), at: "protocol", value: "TCP on port 80", allowed },
  });
});

describe("rules of listeners", () => {
  const http = listener({ port: 80, protocol: "HTTP", defaultActions: [] });
  const https = { ...listener({ port: 443, protocol: "HTTPS" }), urn: "https" };
  const rule = (actions: readonly object[], ...listeners: readonly StackResource[]) =>
    among(anyFixture("aws:lb/listenerRule:ListenerRule", "rule", { listenerArn: unknown, actions }), {
      listenerArn: listeners,
    });
  const forward = [{ type: "forward" }];
  itRefusesStack(httpRedirects, "one that forwards HTTP", [http, rule(forward, http)], {
    ...{ of: rule([]), at: "actions[0].type", value: "forward", allowed: '"redirect"' },
  });
  const redirect = [{ type: "redirect", redirect: { protocol: "https", port: "443" } }];
  itPassesStack(httpRedirects, "one that redirects", [http, rule(redirect, http)]);
  itPassesStack(httpRedirects, "one of HTTPS", [https, rule(forward, https)]);
  itPassesStack(httpRedirects, "one of another stack's listener", [rule(forward)]);
  itPassesStack(httpRedirects, "one of either that redirects", [http, https, rule(redirect, http, https)]);
  const either = [http, https, rule(forward, http, https)];
  itAwaitsUpdate(httpRedirects, "one of either that forwards", either, "listenerArn");
});

describe("HTTPS of load balancers of every kind", () => {
  const refused = { at: "its listeners", value: "none with HTTPS", allowed: "an HTTPS listener" };
  itRefusesStack(httpsListener, "a network load balancer without a listener", [network], {
    ...{ ...refused, of: network },
  });
  itRefusesStack(
    httpsListener,
    "one with plain HTTP only",
    [network, listener({ port: 80, protocol: "TCP" }, network)],
    { ...refused, of: network },
  );
  const second = balancer("second", { loadBalancerType: "network" });
  itRefusesStack(
    httpsListener,
    "one without a listener beside another one's mail",
    [network, second, listener({ port: 25, protocol: "TCP" }, second)],
    { ...refused, of: network },
  );
  itRefusesStack(
    httpsListener,
    "one with plain HTTP and mail",
    [
      network,
      listener({ port: 80, protocol: "TCP" }, network),
      { ...listener({ port: 25, protocol: "TCP" }, network), urn: "mail" },
    ],
    { ...refused, of: network },
  );
  for (const [what, stack] of [
    ["TCP on 443", [network, listener({ port: 443, protocol: "TCP" }, network)]],
    ["TCP on 8443", [network, listener({ port: 8443, protocol: "TCP" }, network)]],
    ["TLS", [network, listener({ port: 9000, protocol: "tls" }, network)]],
    ["mail", [network, listener({ port: 25, protocol: "TCP" }, network)]],
    ["an internal network load balancer", [internal]],
    ["a gateway", [gateway]],
  ] as const) {
    itPassesStack(httpsListener, what, stack);
  }
  const site = balancer("site", {});
  itRefusesStack(
    httpsListener,
    "an application load balancer with HTTP on 443",
    [site, listener({ port: 443 }, site)],
    { ...refused, of: site },
  );
  const toHttp = { type: "redirect", redirect: { protocol: "HTTP", port: "80" } };
  const login = { type: "authenticate-oidc" };
  for (const defaultActions of [[toHttp], [login, toHttp]]) {
    itRefusesStack(
      httpsListener,
      `HTTPS that redirects to HTTP after ${String(defaultActions.length - 1)} other actions`,
      [site, listener({ port: 443, protocol: "HTTPS", defaultActions }, site)],
      { ...refused, of: site },
    );
  }
  itPassesStack(httpsListener, "HTTPS that serves after a login", [
    site,
    listener({ port: 443, protocol: "HTTPS", defaultActions: [login, { type: "forward" }] }, site),
  ]);
  const other = balancer("other", { loadBalancerType: "gateway" });
  const ofEither = among(listener({ port: 443, protocol: "HTTPS", loadBalancerArn: unknown }), {
    loadBalancerArn: [site, other],
  });
  itAwaitsUpdate(httpsListener, "a listener of one of two", [site, other, ofEither], "loadBalancerArn");
});

const classic = (props: object, more: Readonly<Record<string, readonly StackResource[]>> = {}) =>
  among(anyFixture("aws:elb/loadBalancer:LoadBalancer", "classic", { listeners: [], ...props }), more);
const classicWith = (lbProtocol: string, lbPort: number, props: object = {}) =>
  classic({ listeners: [{ lbProtocol, lbPort }], ...props });

describe("classic load balancers", () => {
  for (const [protocol, port] of [
    ["http", 8000],
    ["tcp", 80],
  ] as const) {
    const plain = classicWith(protocol, port);
    itRefusesStack(httpRedirects, `${protocol} on ${String(port)}`, [plain], {
      ...{ of: plain, at: "listeners[0].lbProtocol", allowed: "HTTPS or SSL" },
      value: `${protocol.toUpperCase()} on port ${String(port)}`,
    });
    itRefusesStack(httpsListener, `only ${protocol} on ${String(port)}`, [plain], {
      ...{ of: plain, at: "its listeners", value: "none with HTTPS", allowed: "an HTTPS listener" },
    });
  }
  itPassesStack(httpRedirects, "TCP inside the VPC", [classicWith("tcp", 80, { internal: true })]);
  for (const [protocol, port] of [
    ["https", 443],
    ["ssl", 9000],
    ["tcp", 443],
  ] as const) {
    itPassesStack(httpsListener, `${protocol} on ${String(port)}`, [classicWith(protocol, port)]);
    itPassesStack(httpRedirects, `${protocol} on ${String(port)}`, [classicWith(protocol, port)]);
  }

  const secure = classicWith("https", 443);
  const negotiation = (attributes: readonly object[], lbPort = 443) =>
    among(
      anyFixture("aws:elb/sslNegotiationPolicy:SslNegotiationPolicy", "own", {
        ...{ loadBalancer: unknown, lbPort, attributes },
      }),
      { loadBalancer: [secure] },
    );
  const predefined = (value: string) => {
    const policy = among(
      anyFixture("aws:elb/loadBalancerPolicy:LoadBalancerPolicy", "policy", {
        policyAttributes: [{ name: "Reference-Security-Policy", value }],
      }),
      {},
    );
    const set = among(
      anyFixture("aws:elb/listenerPolicy:ListenerPolicy", "set", {
        ...{ loadBalancerName: unknown, loadBalancerPort: 443, policyNames: [unknown] },
      }),
      { loadBalancerName: [secure], policyNames: [policy] },
    );
    return [secure, policy, set];
  };
  const refused = {
    of: secure,
    at: "the TLS policy of listeners[0]",
    allowed: "ELBSecurityPolicy-TLS-1-2-2017-01",
  };
  itPassesStack(tlsPolicy, "AWS's policy of 2017", predefined("ELBSecurityPolicy-TLS-1-2-2017-01"));
  itRefusesStack(tlsPolicy, "AWS's policy of 2016", predefined("ELBSecurityPolicy-2016-08"), {
    ...{ ...refused, value: "ELBSecurityPolicy-2016-08" },
  });
  const modern = { name: "Protocol-TLSv1.2", value: "true" };
  itPassesStack(tlsPolicy, "TLS 1.2 by its own policy", [secure, negotiation([modern])]);
  for (const old of ["SSLv2", "SSLv3", "TLSv1", "TLSv1.1"]) {
    const attribute = { name: `Protocol-${old}`, value: "true" };
    itRefusesStack(tlsPolicy, `${old} by its own policy`, [secure, negotiation([modern, attribute])], {
      ...{ ...refused, value: old },
    });
  }
  const oldOnes = ["TLSv1", "TLSv1.1"].map((old) => ({ name: `Protocol-${old}`, value: "true" }));
  itRefusesStack(tlsPolicy, "two old versions by its own policy", [secure, negotiation(oldOnes)], {
    ...{ ...refused, value: "TLSv1, TLSv1.1" },
  });
  itRefusesStack(
    tlsPolicy,
    "a policy that the configuration does not list",
    predefined("ELBSecurityPolicy-TLS-1-2-2017-01"),
    { ...refused, value: "ELBSecurityPolicy-TLS-1-2-2017-01", allowed: "Mine, Yours" },
    { classicPolicies: ["Mine", "Yours"] },
  );
  itRefusesStack(tlsPolicy, "a policy of another port", [secure, negotiation([modern], 8443)], {
    ...{ ...refused, value: undefined },
  });

  const zones = (availabilityZones: readonly string[]) => classic({ availabilityZones });
  itPassesStack(severalZones, "two named zones", [zones(["us-east-1a", "us-east-1b"])]);
  const allowed = "subnets in at least 2 Availability Zones";
  itRefusesStack(severalZones, "one named zone", [zones(["us-east-1a"])], {
    ...{ of: zones([]), at: "subnets", value: "in us-east-1a", allowed },
  });
  const [first, second] = publicSubnets;
  if (first === undefined || second === undefined) throw new Error("the site has two public subnets");
  const inBoth = classic({ subnets: [unknown, unknown] }, { subnets: [first, second] });
  itPassesStack(severalZones, "two subnets", updateWithAwsx([first, second, inBoth]));
  itAwaitsUpdate(severalZones, "two unknown subnets", [first, second, inBoth], "subnets");
  itRefusesStack(severalZones, "one subnet", [first, classic({ subnets: [unknown] }, { subnets: [first] })], {
    of: zones([]),
    at: "subnets",
    value: "in us-east-1a",
    allowed,
  });
});
