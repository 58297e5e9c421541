import * as aws from "@pulumi/aws";
import { expect } from "chai";

import { httpsListener } from "../../../policies/production/rules/httpsListener";
import { tlsPolicy } from "../../../policies/production/rules/tlsPolicy";
import { isResource } from "../../../policies/support/resourceTypes";
import { isTaggableType } from "../../../policies/support/taggable";
import { canonicalType } from "../../../policies/support/typeAliases";
import { anyFixture } from "./fixture";
import { judge, judgeStack } from "./judge";

const tokenOf = (type: object): unknown => Reflect.get(type, "__pulumiType");

describe("the aliases of type tokens", () => {
  for (const name of ["LoadBalancer", "Listener", "ListenerRule", "TargetGroup"] as const) {
    it(`mean aws.lb.${name} by aws.alb.${name}`, () => {
      const alias = tokenOf(aws.alb[name]);
      expect(alias).to.be.a("string").that.is.not.equal(tokenOf(aws.lb[name]));
      expect(canonicalType(String(alias))).to.equal(tokenOf(aws.lb[name]));
    });
  }
  for (const [alias, token] of [
    ["aws:applicationloadbalancing/listener:Listener", "aws:lb/listener:Listener"],
    ["aws:elasticloadbalancingv2/loadBalancer:LoadBalancer", "aws:lb/loadBalancer:LoadBalancer"],
    ["aws:elasticloadbalancing/loadBalancer:LoadBalancer", "aws:elb/loadBalancer:LoadBalancer"],
    ["aws:elb/loadBalancer:LoadBalancer", "aws:elb/loadBalancer:LoadBalancer"],
    ["aws:albert/listener:Listener", "aws:albert/listener:Listener"],
  ] as const) {
    it(`read ${alias} as ${token}`, () => {
      expect(canonicalType(alias)).to.equal(token);
    });
  }

  it("apply to rules, and to tags", async () => {
    const listener = anyFixture("aws:alb/listener:Listener", "site", { protocol: "HTTPS" });
    expect(isResource(listener, "aws:lb/listener:Listener")).to.equal(true);
    expect(isTaggableType("aws:alb/loadBalancer:LoadBalancer")).to.equal(true);
    expect(Reflect.get(tlsPolicy.validateResource ?? {}, "__pulumiType")).to.equal(undefined);
    const balancer = { ...anyFixture("aws:alb/loadBalancer:LoadBalancer", "site"), propertyDependencies: {} };
    expect((await judgeStack(httpsListener, [balancer])).violations).to.have.length(1);
    expect((await judge(tlsPolicy, listener)).violations).to.have.length(1);
  });
});
