import { httpRedirects } from "../../../policies/production/rules/httpRedirects";
import { httpsListener } from "../../../policies/production/rules/httpsListener";
import { loadBalancerDeletionProtection } from "../../../policies/production/rules/loadBalancerDeletionProtection";
import { tlsPolicy } from "../../../policies/production/rules/tlsPolicy";
import type { AnyResource } from "../../../policies/support/resourceTypes";
import type { StackRule } from "../../../policies/support/rule";
import { itPasses, itPassesStack, itRefuses, itRefusesStack, type Expected } from "../support/expectations";
import { among, fixture, spoil, unknown } from "../support/fixture";
import * as stack from "../support/site";

const loadBalancer = fixture("aws:lb/loadBalancer:LoadBalancer", "alb", { enableDeletionProtection: true });
const redirect = { type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } };
const forward = { type: "forward", targetGroupArn: unknown };
const http = fixture("aws:lb/listener:Listener", "http", {
  protocol: "HTTP",
  port: 80,
  defaultActions: [redirect],
});
const https = fixture("aws:lb/listener:Listener", "https", {
  protocol: "HTTPS",
  port: 443,
  sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
  defaultActions: [forward],
});

describe("load-balancer-deletion-protection", () => {
  itPasses(loadBalancerDeletionProtection, "a protected load balancer", loadBalancer);
  for (const enableDeletionProtection of [false, undefined]) {
    const changed = spoil(loadBalancer, { enableDeletionProtection });
    itRefuses(loadBalancerDeletionProtection, String(enableDeletionProtection), changed, {
      at: "enableDeletionProtection",
      value: enableDeletionProtection,
      allowed: "true",
    });
  }
});

/** A rule about single listeners, in a stack. */
const passes = (rule: StackRule, what: string, ...listeners: readonly AnyResource[]) => {
  itPassesStack(
    rule,
    what,
    listeners.map((listener, index) => among({ ...listener, urn: String(index) }, {})),
  );
};
const refuses = (
  rule: StackRule,
  what: string,
  listener: AnyResource,
  expected: Expected,
  config: object = {},
) => {
  itRefusesStack(rule, what, [among(listener, {})], { of: listener, ...expected }, config);
};

describe("http-redirects", () => {
  passes(httpRedirects, "HTTP that redirects to HTTPS, and HTTPS", http, https);
  const type = { at: "defaultActions[0].type", value: "forward", allowed: '"redirect"' };
  refuses(
    httpRedirects,
    "HTTP in small letters that serves",
    spoil(http, { protocol: "http", defaultActions: [forward] }),
    type,
  );
  refuses(httpRedirects, "HTTP that forwards", spoil(http, { defaultActions: [forward] }), type);
  for (const port of [80, 8080]) {
    refuses(
      httpRedirects,
      `port ${String(port)} without a protocol that forwards`,
      spoil(http, { port, protocol: undefined, defaultActions: [forward] }),
      type,
    );
  }
  const redirectWith = (change: object) => ({ ...redirect, redirect: { ...redirect.redirect, ...change } });
  refuses(
    httpRedirects,
    "HTTP that redirects to HTTP",
    spoil(http, { defaultActions: [redirectWith({ protocol: "HTTP" })] }),
    { at: "defaultActions[0].redirect.protocol", value: "HTTP", allowed: '"HTTPS"' },
  );
  for (const port of ["80", "#{port}", undefined]) {
    refuses(
      httpRedirects,
      `HTTP that redirects to port ${String(port)}`,
      spoil(http, { defaultActions: [redirectWith({ port })] }),
      { at: "defaultActions[0].redirect.port", value: port, allowed: 'the port of HTTPS, "443"' },
    );
  }
  refuses(httpRedirects, "HTTP that leads nowhere", spoil(http, { defaultActions: [{ type: "redirect" }] }), {
    at: "defaultActions[0].redirect.protocol",
    value: undefined,
    allowed: '"HTTPS"',
  });
});

describe("tls-policy", () => {
  passes(tlsPolicy, "a current policy, and HTTP without one", https, http);
  const current = [
    "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-2-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-2-FIPS-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-3-FIPS-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04",
    "ELBSecurityPolicy-TLS13-1-2-FIPS-2023-04",
    "ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04",
    "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
    "ELBSecurityPolicy-TLS13-1-2-2021-06",
    "ELBSecurityPolicy-TLS13-1-3-2021-06",
  ];
  passes(tlsPolicy, "each current policy", ...current.map((sslPolicy) => spoil(https, { sslPolicy })));
  for (const protocol of ["HTTPS", "TLS"]) {
    for (const sslPolicy of ["ELBSecurityPolicy-2016-08", undefined]) {
      refuses(tlsPolicy, `${protocol} with ${String(sslPolicy)}`, spoil(https, { protocol, sslPolicy }), {
        at: "sslPolicy",
        value: sslPolicy,
        allowed: `one of ${current.join(", ")}`,
      });
    }
  }
  refuses(
    tlsPolicy,
    "a value that its configuration does not list",
    https,
    { at: "sslPolicy", value: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09", allowed: "one of Mine" },
    { policies: ["Mine"] },
  );
  const classic = fixture("aws:elb/loadBalancer:LoadBalancer", "classic", {
    listeners: [{ instancePort: 80, instanceProtocol: "http", lbPort: 443, lbProtocol: "https" }],
  });
  refuses(tlsPolicy, "a classic load balancer with AWS's default policy", classic, {
    at: "the TLS policy of listeners[0]",
    value: undefined,
    allowed: "ELBSecurityPolicy-TLS-1-2-2017-01",
  });
});

describe("https-listener", () => {
  itPassesStack(httpsListener, "a load balancer with an HTTPS listener", stack.site);
  itPassesStack(
    httpsListener,
    "a TLS listener",
    stack.replacing({ ...stack.httpsListener, props: { protocol: "TLS" } }),
  );
  const refused = {
    of: stack.loadBalancer,
    at: "its listeners",
    value: "none with HTTPS",
    allowed: "an HTTPS listener",
  };
  itRefusesStack(
    httpsListener,
    "a load balancer without a listener",
    stack.without(stack.httpsListener),
    refused,
  );
  itRefusesStack(
    httpsListener,
    "a load balancer with an HTTP listener only",
    stack.replacing({ ...stack.httpsListener, props: { protocol: "HTTP" } }),
    refused,
  );
  const other = among(fixture("aws:lb/loadBalancer:LoadBalancer", "other"), {});
  itRefusesStack(httpsListener, "one of two load balancers without HTTPS", [...stack.site, other], {
    ...refused,
    of: other,
  });
});
