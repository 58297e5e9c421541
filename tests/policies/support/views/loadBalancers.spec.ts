import { expect } from "chai";

import { allOf } from "../../../../policies/support/stack";
import {
  balancersIn,
  classicListeners,
  endsTls,
  isPlain,
  isSecure,
  modernListener,
} from "../../../../policies/support/views/loadBalancers";
import { among, anyFixture } from "../fixture";

const balancer = (name: string, props: object) =>
  among(anyFixture("aws:lb/loadBalancer:LoadBalancer", name, props), {});
const listenerOf = (props: object, of?: ReturnType<typeof balancer>) => {
  const dependencies = of === undefined ? {} : { loadBalancerArn: [of] };
  const listener = among(anyFixture("aws:lb/listener:Listener", "listener", props), dependencies);
  const stack = of === undefined ? [listener] : [of, listener];
  const [view] = allOf(stack, "aws:lb/listener:Listener").map((each) => modernListener(stack, each));
  if (view === undefined) throw new Error("the stack has a listener");
  return view;
};
const network = balancer("network", { loadBalancerType: "network" });
const application = balancer("application", {});
const gateway = balancer("gateway", { loadBalancerType: "gateway" });
const arn = (kind: string) => ({
  loadBalancerArn: `arn:aws:elasticloadbalancing:us-east-1:1:loadbalancer/${kind}/a/0`,
});

describe("load balancers", () => {
  it("have one of four kinds", () => {
    const classic = among(anyFixture("aws:elb/loadBalancer:LoadBalancer", "classic", { listeners: [] }), {});
    const kinds = balancersIn([classic, network, application, gateway]).map(({ kind }) => kind);
    expect(kinds).to.have.members(["application", "network", "gateway", "classic"]);
  });
});

describe("listeners", () => {
  it("have the kind of their load balancer, whatever their protocol", () => {
    expect(listenerOf({ protocol: "HTTP", port: 80 }, network).kind).to.equal("network");
    expect(listenerOf({ protocol: "TCP", port: 80 }, application).kind).to.equal("application");
    expect(listenerOf({ protocol: "TCP", port: 80 }, gateway).kind).to.equal("gateway");
  });

  for (const [what, props, kind] of [
    ["the ARN of an application load balancer", { ...arn("app"), protocol: "TCP", port: 80 }, "application"],
    ["the ARN of a network load balancer", { ...arn("net"), protocol: "HTTP", port: 80 }, "network"],
    ["the ARN of a gateway", { ...arn("gwy"), protocol: "HTTP", port: 80 }, "gateway"],
    ["neither a protocol nor a port", { loadBalancerArn: "a" }, "gateway"],
    ["a port alone", { loadBalancerArn: "a", port: 80 }, "application"],
    ["HTTP", { loadBalancerArn: "a", protocol: "http" }, "application"],
    ["HTTPS", { loadBalancerArn: "a", protocol: "HTTPS", port: 443 }, "application"],
    ["TLS", { loadBalancerArn: "a", protocol: "TLS", port: 443 }, "network"],
  ] as const) {
    it(`of another stack's load balancer are of a ${kind} by ${what}`, () => {
      expect(listenerOf(props).kind).to.equal(kind);
    });
  }

  it("have their protocol in upper case, HTTP by default on an application load balancer only", () => {
    expect(listenerOf({ protocol: "https", port: 443 }, application).protocol).to.equal("HTTPS");
    for (const protocol of ["", undefined]) {
      expect(listenerOf({ protocol, port: 80 }, application).protocol).to.equal("HTTP");
      expect(listenerOf({ protocol, port: 80 }, network).protocol).to.equal(protocol);
    }
  });

  it("are internal as their load balancer is, if the stack has it", () => {
    const internal = balancer("internal", { internal: true });
    expect(listenerOf({}, internal).internal).to.equal(true);
    expect(listenerOf({}, application).internal).to.equal(false);
    expect(listenerOf({}).internal).to.equal(undefined);
  });

  for (const [protocol, port, of, plain, secure, tls] of [
    ["HTTP", 443, application, true, false, false],
    ["HTTPS", 80, application, false, true, true],
    ["TCP", 80, application, false, false, false],
    ["TCP", 443, application, false, false, false],
    ["TCP", 80, network, true, false, false],
    ["TCP_UDP", 8080, network, true, false, false],
    ["QUIC", 443, network, false, true, false],
    ["TCP_QUIC", 8443, network, false, true, false],
    ["UDP", 80, network, false, false, false],
    ["UDP", 443, network, false, false, false],
    ["TLS", 25, network, false, true, true],
    ["SSL", 25, network, false, true, true],
    ["TCP", 25, network, false, false, false],
  ] as const) {
    it(`for ${protocol} on ${String(port)} of ${of.name} are ${plain ? "plain" : secure ? "secure" : "neither"}`, () => {
      const listener = listenerOf({ protocol, port }, of);
      const found = { plain: isPlain(listener), secure: isSecure(listener), tls: endsTls(listener) };
      expect(found).to.deep.equal({ plain, secure, tls });
    });
  }

  it("of an internal network load balancer that pass TCP on are not plain", () => {
    const internal = balancer("internal", { loadBalancerType: "network", internal: true });
    expect(isPlain(listenerOf({ protocol: "TCP", port: 80 }, internal))).to.equal(false);
  });

  it("of a classic load balancer are in its list", () => {
    const resource = among(
      anyFixture("aws:elb/loadBalancer:LoadBalancer", "classic", {
        listeners: [
          { lbProtocol: "http", lbPort: 80 },
          { lbProtocol: "ssl", lbPort: 443 },
        ],
      }),
      {},
    );
    const [classic] = allOf([resource], "aws:elb/loadBalancer:LoadBalancer");
    if (classic === undefined) throw new Error("the stack has a classic load balancer");
    expect(classicListeners(classic)).to.deep.equal([
      { kind: "classic", resource: classic, at: "listeners[0]", port: 80, protocol: "HTTP", internal: false },
      { kind: "classic", resource: classic, at: "listeners[1]", port: 443, protocol: "SSL", internal: false },
    ]);
  });
});
