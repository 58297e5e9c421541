import * as aws from "@pulumi/aws";
import type { Input } from "@pulumi/pulumi";

import { classic, forward, listener, safeListener, secure, secured, securedNetwork } from "./balancerParts";
import { bad, good, type PolicyCases } from "./case";

/** A classic balancer's policy, as AWS predefines it. */
function setClassicPolicy(name: string, balancer: Input<string>, predefined: string) {
  const { policyName } = new aws.elb.LoadBalancerPolicy(name, {
    ...{ loadBalancerName: balancer, policyName: "tls", policyTypeName: "SSLNegotiationPolicyType" },
    policyAttributes: [{ name: "Reference-Security-Policy", value: predefined }],
  });
  new aws.elb.ListenerPolicy(name, {
    ...{ loadBalancerName: balancer, loadBalancerPort: 443, policyNames: [policyName] },
  });
}

export const balancerTls: PolicyCases = {
  "tls-2016": listener("tls-policy", { ...secured, sslPolicy: "ELBSecurityPolicy-2016-08" }),
  "tls-unset": listener("tls-policy", { ...secured, sslPolicy: undefined }),
  "tls-13-with-1-0": listener("tls-policy", { ...secured, sslPolicy: "ELBSecurityPolicy-TLS13-1-0-2021-06" }),
  "tls-13-with-1-1": listener("tls-policy", { ...secured, sslPolicy: "ELBSecurityPolicy-TLS13-1-1-2021-06" }),
  "tls-fs-2018": listener("tls-policy", { ...secured, sslPolicy: "ELBSecurityPolicy-FS-2018-06" }),
  "tls-lowercase": listener("tls-policy", { ...secured, protocol: "https", sslPolicy: undefined }),
  "tls-nlb": listener("tls-policy", { ...securedNetwork, sslPolicy: "ELBSecurityPolicy-TLS-1-1-2017-01" }),
  "tls-alb-token": bad(
    "tls-policy",
    (n) =>
      new aws.alb.Listener(n, {
        ...{ ...secured, loadBalancerArn: "lb", sslPolicy: "ELBSecurityPolicy-2016-08" },
        defaultActions: forward,
      }),
  ),
  "tls-classic-default": bad("tls-policy", (n) => classic([secure], n)),
  "tls-classic-2016": bad("tls-policy", (n) => {
    setClassicPolicy(n, classic([secure], n).name, "ELBSecurityPolicy-2016-08");
  }),
  "tls-classic-ssl": bad("tls-policy", (n) => classic([{ ...secure, lbProtocol: "ssl", lbPort: 8443 }], n)),
  "tls-classic-own-policy": bad("tls-policy", (n) => {
    new aws.elb.SslNegotiationPolicy(n, {
      ...{ loadBalancer: classic([secure], n).id, lbPort: 443 },
      attributes: [
        { name: "Protocol-TLSv1", value: "true" },
        { name: "Protocol-TLSv1.2", value: "true" },
      ],
    });
  }),
  "fp-tls-classic": good((n) => {
    setClassicPolicy(n, classic([secure], n).name, "ELBSecurityPolicy-TLS-1-2-2017-01");
  }, "tls-policy"),
  "fp-tls-classic-own-policy": good((n) => {
    new aws.elb.SslNegotiationPolicy(n, {
      ...{ loadBalancer: classic([secure], n).id, lbPort: 443 },
      attributes: [
        { name: "Protocol-TLSv1", value: "false" },
        { name: "Protocol-TLSv1.2", value: "true" },
        { name: "ECDHE-RSA-AES128-GCM-SHA256", value: "true" },
      ],
    });
  }, "tls-policy"),
  "fp-tls-1-3": safeListener({ ...secured, sslPolicy: "ELBSecurityPolicy-TLS13-1-3-2021-06" }),
  "fp-tls-fips": safeListener({ ...secured, sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-FIPS-2023-04" }),
};
