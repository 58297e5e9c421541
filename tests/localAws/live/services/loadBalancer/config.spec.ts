import { expect } from "chai";

import type { Target } from "../../../../../localAws/live/services/loadBalancer/backend";
import { compileConfig } from "../../../../../localAws/live/services/loadBalancer/config";
import type { Listener, LoadBalancer, TargetGroup } from "../../../../../localAws/live/world";
import { exampleWorld } from "../../../../support/exampleWorld";

const folder = "/run/lb";
type Rule = Listener["rules"][number];
type Action = Rule["actions"][number];

function example(): { loadBalancer: LoadBalancer; group: TargetGroup } {
  const [place] = exampleWorld().places;
  const [loadBalancer] = place?.loadBalancers ?? [];
  const [group] = place?.targetGroups ?? [];
  if (loadBalancer === undefined || group === undefined) throw new Error("The example has no load balancer.");
  return { loadBalancer, group };
}

const { loadBalancer, group } = example();
const targets: readonly Target[] = [
  { id: "i-1", address: "10.20.1.5", port: 80, healthy: true },
  { id: "i-2", address: "10.20.2.5", port: 8080, healthy: false },
];

function compile(changes: { loadBalancer?: Partial<LoadBalancer>; group?: Partial<TargetGroup> } = {}) {
  const changed = { ...group, ...changes.group };
  const { files } = compileConfig({
    loadBalancer: { ...loadBalancer, ...changes.loadBalancer },
    targetGroups: [changed],
    targets: new Map([[group.arn, targets]]),
    certificates: new Map([["arn:aws:acm:us-east-1:1:certificate/one", "PEM"]]),
    folder,
  });
  const text = files["haproxy.cfg"] ?? "";
  const section = (name: string): string => {
    const match = new RegExp(String.raw`^(?:(?:frontend|backend) )?${name}\n((?:  .*\n)*)`, "m").exec(text);
    return match?.[1] ?? "";
  };
  return { files, text, section };
}

const noAction = { targetGroupArns: [], redirect: null, fixedResponse: null };
const forward: Action = { ...noAction, type: "forward", targetGroupArns: [group.arn] };

function withRules(rules: readonly Rule[], changes: Partial<Listener> = {}) {
  const [listener] = loadBalancer.listeners;
  if (listener === undefined) throw new Error("The example has no listener.");
  return compile({ loadBalancer: { listeners: [{ ...listener, rules: [...rules], ...changes }] } });
}

function condition(field: string, values: string[], headerName: string | null = null) {
  return { field, values, headerName };
}

function ruleWith(...conditions: Rule["conditions"]): Rule {
  return { priority: "1", conditions, actions: [forward] };
}

const defaultRule: Rule = { priority: "default", conditions: [], actions: [forward] };

describe("the configuration of a live load balancer", () => {
  it("checks health with the target group's settings, and the host that AWS sends", () => {
    const check = compile().section(`check-${group.name}`);
    expect(check).to.include("http-check send meth GET uri '/healthz' ver HTTP/1.1");
    expect(check).to.include("http-check expect status 200\n").and.include("timeout connect 4s\n");
    expect(check).to.include("timeout check 4s\n");
    expect(check).to.include("server i-1_10.20.1.5_80 10.20.1.5:80 check inter 5s fall 2 rise 2\n");
    expect(check).to.include("server i-2_10.20.2.5:8080_8080 10.20.2.5:8080 check inter 5s fall 2 rise 2\n");
  });

  it("takes lists and ranges of status codes, another port and HTTPS for the check", () => {
    const healthCheck = { ...group.healthCheck, matcher: "200-299, 301", port: "9000", protocol: "HTTPS" };
    const check = compile({ group: { healthCheck } }).section(`check-${group.name}`);
    expect(check).to.include("http-check expect status 200-299,301\n");
    expect(check).to.include(
      "i-1_10.20.1.5:9000_80 10.20.1.5:80 check inter 5s fall 2 rise 2 port 9000 check-ssl",
    );
  });

  it("sends requests to healthy targets, and to all when there are too few", () => {
    const { section } = compile();
    expect(section(`healthy-${group.name}`)).to.include("server i-1_10.20.1.5_80 10.20.1.5:80\n");
    expect(section(`healthy-${group.name}`)).to.include("10.20.2.5:8080 disabled\n");
    expect(section(`all-${group.name}`)).not.to.include("disabled");
    const uses = section("listener-80").match(/use_backend.*/g);
    expect(uses?.map((line) => line.replace("{ var(txn.rule) -m int 0 } ", ""))).to.deep.equal([
      `use_backend none if { nbsrv(all-${group.name}) eq 0 }`,
      `use_backend all-${group.name} if { nbsrv(healthy-${group.name}) lt 1 }`,
      `use_backend healthy-${group.name} if { var(txn.rule) -m int 0 }`,
    ]);
  });

  it("chooses the first rule whose conditions all match", () => {
    const { section } = withRules([
      ruleWith(condition("path-pattern", ["/wp-*/?", "/it's"]), condition("host-header", ["*.example.com"])),
      ruleWith(condition("http-header", ["a*b"], "X-Key"), condition("http-request-method", ["GET", "HEAD"])),
      ruleWith(condition("query-string", ["version=v?", "debug"]), condition("source-ip", ["10.0.0.0/8"])),
      defaultRule,
    ]);
    const lines = section("listener-80").match(/set-var\(txn\.rule\).*/g);
    expect(lines).to.deep.equal([
      String.raw`set-var(txn.rule) int(0) if { path -m reg -- '^/wp-.*/.$' '^/it'\''s$' } { req.hdr(host),host_only -i -m reg -- '^.*\.example\.com$' }`,
      "set-var(txn.rule) int(1) if { req.fhdr(X-Key) -i -m reg -- '^a.*b$' } { method -m str -- 'GET' 'HEAD' } !{ var(txn.rule) -m found }",
      "set-var(txn.rule) int(2) if { query -i -m reg -- '(^|&)version=v.(&|$)' '(^|&)([^&=]*=)?debug(&|$)' } { src -- '10.0.0.0/8' } !{ var(txn.rule) -m found }",
      "set-var(txn.rule) int(3) if !{ var(txn.rule) -m found }",
    ]);
  });

  it("fills the placeholders of a redirect, with the port, as AWS does", () => {
    const redirect = {
      protocol: "HTTPS",
      host: "#{host}",
      port: "443",
      path: "/#{path}",
      query: "#{query}",
      statusCode: "HTTP_301",
    };
    const { section } = withRules([
      { ...defaultRule, actions: [{ ...noAction, type: "redirect", redirect }] },
    ]);
    expect(section("listener-80")).to.include(
      "set-var-fmt(txn.location) 'https://%[req.hdr(host),host_only]:443/%[path,regsub(^/,)]' if",
    );
    expect(section("listener-80")).to.include("redirect location %[var(txn.location)] code 301 if");
  });

  it("keeps the body of a fixed response in a file, whatever it has", () => {
    const body = 'line 1\nit\'s "two" %[src]\n';
    const fixedResponse = { statusCode: "503", contentType: "text/html", body };
    const { section, files } = withRules([
      { ...defaultRule, actions: [{ ...noAction, type: "fixed-response", fixedResponse }] },
    ]);
    expect(files["bodies/80-0"]).to.equal(body);
    expect(section("listener-80")).to.include(
      `return status 503 content-type 'text/html; charset=utf-8' file ${folder}/bodies/80-0 if`,
    );
  });

  it("divides requests by the weights of target groups", () => {
    const other = { ...group, arn: "other", name: "other" };
    const action = {
      ...forward,
      targetGroupArns: [group.arn, "other"],
      weights: { [group.arn]: 3, other: 1 },
    };
    const [listener] = loadBalancer.listeners;
    if (listener === undefined) throw new Error("The example has no listener.");
    const { files } = compileConfig({
      loadBalancer: {
        ...loadBalancer,
        listeners: [{ ...listener, rules: [{ ...defaultRule, actions: [action] }] }],
      },
      targetGroups: [group, other],
      targets: new Map(),
      certificates: new Map(),
      folder,
    });
    expect(files["haproxy.cfg"]).to.include("set-var(txn.roll0) rand(4)");
    expect(files["haproxy.cfg"]).to.include(
      `use_backend healthy-${group.name} if { var(txn.rule) -m int 0 } { var(txn.roll0) -m int lt 3 }`,
    );
    expect(files["haproxy.cfg"]).to.include("use_backend healthy-other if { var(txn.rule) -m int 0 }\n");
  });

  it("serves HTTPS with the listener's certificates and TLS versions", () => {
    const https = {
      port: 443,
      protocol: "HTTPS",
      certificateArns: ["arn:aws:acm:us-east-1:1:certificate/one"],
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
    };
    const { section, files } = withRules([defaultRule], https);
    expect(section("listener-443")).to.include(
      `bind :443 ssl crt-list ${folder}/certificates/443.list alpn h2,http/1.1 ssl-min-ver TLSv1.2 ssl-max-ver TLSv1.3`,
    );
    expect(files["certificates/443.list"]).to.equal(`${folder}/certificates/one.pem\n`);
    expect(files["certificates/one.pem"]).to.equal("PEM");
    expect(section("listener-443")).to.include("set-header X-Forwarded-Proto https\n");
  });

  it("refuses a certificate that is not there", () => {
    const https = { port: 443, protocol: "HTTPS", certificateArns: ["arn:missing"] };
    expect(() => withRules([defaultRule], https)).to.throw("has the certificate arn:missing");
  });

  it("refuses an action that it does not have", () => {
    const actions = [{ ...noAction, type: "authenticate-oidc" }];
    expect(() => withRules([{ ...defaultRule, actions }])).to.throw("has the action authenticate-oidc");
  });

  it("removes default ports from the host, and adds another port of the listener", () => {
    expect(withRules([defaultRule]).section("listener-80")).to.include(
      "set-header Host %[req.hdr(host),host_only]",
    );
    expect(withRules([defaultRule], { port: 8080 }).section("listener-8080")).to.include(
      "set-header Host %[req.hdr(host)]:8080 if",
    );
  });

  it("applies the load balancer's attributes", () => {
    const attributes = {
      "idle_timeout.timeout_seconds": "7",
      "routing.http.drop_invalid_header_fields.enabled": "false",
      "routing.http.xff_header_processing.mode": "remove",
      "routing.http.preserve_host_header.enabled": "true",
    };
    const { section } = compile({ loadBalancer: { attributes } });
    expect(section("defaults")).to.include("timeout server 7s\n").and.include("timeout client 7s\n");
    expect(section("listener-80"))
      .to.include("del-header X-Forwarded-For\n")
      .and.not.include("set-header Host");
    expect(section("listener-80")).not.to.include("-m reg\n");
    expect(compile().section("listener-80")).to.include("del-header '[^-A-Za-z0-9]' -m reg\n");
  });

  it("keeps sessions with the cookies of AWS", () => {
    const attributes = {
      "stickiness.enabled": "true",
      "stickiness.type": "lb_cookie",
      "stickiness.lb_cookie.duration_seconds": "60",
    };
    const healthy = compile({ group: { attributes } }).section(`healthy-${group.name}`);
    expect(healthy).to.include(`Set-Cookie "AWSALB=`).and.include(`Set-Cookie "AWSALBCORS=`);
    expect(healthy).to.include("Expires=%[date(60),http_date]");
    expect(compile().section(`healthy-${group.name}`)).not.to.include("Cookie");
    expect(compile({ group: { attributes } }).section(`all-${group.name}`)).not.to.include("Cookie");
  });

  it("keeps sessions with the cookie of the application", () => {
    const attributes = {
      "stickiness.enabled": "true",
      "stickiness.type": "app_cookie",
      "stickiness.app_cookie.cookie_name": "PHPSESSID",
      "stickiness.app_cookie.duration_seconds": "60",
    };
    const healthy = compile({ group: { attributes } }).section(`healthy-${group.name}`);
    expect(healthy).to.include(
      "req.cook(AWSALBAPP-0),b64dec,field(1,|) if { req.cook('PHPSESSID') -m found }",
    );
  });

  it("applies the target group's algorithm, slow start and protocol", () => {
    const { section } = compile({
      group: {
        protocol: "HTTPS",
        attributes: {
          "load_balancing.algorithm.type": "least_outstanding_requests",
          "slow_start.duration_seconds": "30",
        },
      },
    });
    expect(section(`healthy-${group.name}`)).to.include("balance leastconn\n");
    expect(section(`healthy-${group.name}`)).to.include("10.20.1.5:80 ssl verify none slowstart 30s\n");
    expect(compile().section(`healthy-${group.name}`)).to.include("balance roundrobin\n");
  });
});
