import * as aws from "@pulumi/aws";
import { expect } from "chai";

import { httpsListener } from "../../../policies/production/rules/httpsListener";
import { loadBalancerDeletionProtection } from "../../../policies/production/rules/loadBalancerDeletionProtection";
import { isResource } from "../../../policies/support/resourceTypes";
import { isTaggableType } from "../../../policies/support/taggable";
import { canonicalType } from "../../../policies/support/typeAliases";
import { among, anyFixture } from "./fixture";
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
    expect(isTaggableType("aws:alb/loadBalancer:LoadBalancer")).to.equal(true);
    const rule = loadBalancerDeletionProtection;
    expect(Reflect.get(rule.validateResource, "__pulumiType")).to.equal(undefined);
    const balancer = anyFixture("aws:alb/loadBalancer:LoadBalancer", "site");
    expect(isResource(balancer, "aws:lb/loadBalancer:LoadBalancer")).to.equal(true);
    expect((await judge(rule, balancer)).violations).to.have.length(1);
    expect((await judgeStack(httpsListener, [among(balancer, {})])).violations).to.have.length(1);
  });
});
