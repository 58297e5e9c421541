import { httpRedirects } from "../../../policies/production/rules/httpRedirects";
import { httpsListener } from "../../../policies/production/rules/httpsListener";
import { loadBalancerDeletionProtection } from "../../../policies/production/rules/loadBalancerDeletionProtection";
import { tlsPolicy } from "../../../policies/production/rules/tlsPolicy";
import { itPasses, itPassesStack, itRefuses, itRefusesStack } from "../support/expectations";
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

describe("http-redirects", () => {
  itPasses(httpRedirects, "HTTP that redirects to HTTPS, and HTTPS", http, https);
  itRefuses(
    httpRedirects,
    "HTTP in small letters that serves",
    spoil(http, { protocol: "http", defaultActions: [forward] }),
    { at: "defaultActions[0].type", value: "forward", allowed: '"redirect"' },
  );
  const type = { at: "defaultActions[0].type", value: "forward", allowed: '"redirect"' };
  itRefuses(httpRedirects, "HTTP that forwards", spoil(http, { defaultActions: [forward] }), type);
  itRefuses(
    httpRedirects,
    "port 80 without a protocol that forwards",
    spoil(http, { protocol: undefined, defaultActions: [forward] }),
    type,
  );
  itPasses(httpRedirects, "another port without a protocol", spoil(https, { protocol: undefined }));
  for (const wrong of [{ ...redirect, redirect: { ...redirect.redirect, protocol: "HTTP" } }]) {
    itRefuses(httpRedirects, "HTTP that redirects to HTTP", spoil(http, { defaultActions: [wrong] }), {
      at: "defaultActions[0].redirect.protocol",
      value: "HTTP",
      allowed: '"HTTPS"',
    });
  }
  itRefuses(
    httpRedirects,
    "HTTP that leads nowhere",
    spoil(http, { defaultActions: [{ type: "redirect" }] }),
    { at: "defaultActions[0].redirect.protocol", value: undefined, allowed: '"HTTPS"' },
  );
});

describe("tls-policy", () => {
  itPasses(tlsPolicy, "a current policy, and HTTP without one", https, http);
  const current = [
    "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-2-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
    "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
    "ELBSecurityPolicy-TLS13-1-2-2021-06",
    "ELBSecurityPolicy-TLS13-1-3-2021-06",
  ];
  itPasses(tlsPolicy, "each current policy", ...current.map((sslPolicy) => spoil(https, { sslPolicy })));
  for (const protocol of ["HTTPS", "TLS"]) {
    for (const sslPolicy of ["ELBSecurityPolicy-2016-08", undefined]) {
      itRefuses(tlsPolicy, `${protocol} with ${String(sslPolicy)}`, spoil(https, { protocol, sslPolicy }), {
        at: "sslPolicy",
        value: sslPolicy,
        allowed: `one of ${current.join(", ")}`,
      });
    }
  }
  itRefuses(
    tlsPolicy,
    "a value that its configuration does not list",
    https,
    { at: "sslPolicy", value: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09", allowed: "one of Mine" },
    { policies: ["Mine"] },
  );
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
