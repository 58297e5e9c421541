import type { StackFinding } from "../../support/finding";
import { stackRule } from "../../support/rule";
import { strings } from "../../support/settings";
import { allOf, type StackResource } from "../../support/stack";
import { judgeEach } from "../../support/unknown";
import { tlsPoliciesOf } from "../../support/views/classicTls";
import {
  classicListeners,
  endsTls,
  modernListener,
  type ClassicListener,
} from "../../support/views/loadBalancers";

export const tlsPolicy = stackRule(
  {
    name: "tls-policy",
    displayName: "Current TLS policy",
    description:
      "A listener for HTTPS or TLS has a policy that accepts no version before TLS 1.2, and TLS 1.3 where AWS offers it.",
    why: "AWS's default policy, of 2016, still accepts TLS 1.0 and 1.1, which have known weaknesses.",
    severity: "medium",
    topics: ["encryption-in-transit"],
    fix: "Set sslPolicy to ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09.",
    url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
    counterparts: { fsbp: ["ELB.17", "ELB.8"], checkov: ["CKV_AWS_103", "CKV2_AWS_74"], cdkNag: [] },
    settings: {
      policies: strings({
        default: [
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
        ],
        description: "The allowed security policies of a listener",
      }),
      classicPolicies: strings({
        default: ["ELBSecurityPolicy-TLS-1-2-2017-01"],
        description: "The allowed predefined security policies of a classic load balancer",
      }),
    },
  },
  function* (stack, { policies, classicPolicies }) {
    yield* judgeEach(allOf(stack, "aws:lb/listener:Listener"), function* (resource) {
      if (!endsTls(modernListener(stack, resource))) return;
      const { sslPolicy } = resource.props;
      if (policies.some((policy) => policy === sslPolicy)) return;
      yield { resource, at: "sslPolicy", value: sslPolicy, allowed: `one of ${policies.join(", ")}` };
    });
    yield* judgeEach(allOf(stack, "aws:elb/loadBalancer:LoadBalancer"), (balancer) =>
      judgeEach(classicListeners(balancer).filter(endsTls), (listener) =>
        judgeClassic(listener, stack, classicPolicies),
      ),
    );
  },
);

function* judgeClassic(
  listener: ClassicListener,
  stack: readonly StackResource[],
  allowed: readonly string[],
): Iterable<StackFinding> {
  const { resource, at } = listener;
  const finding = {
    ...{ resource, at: `the TLS policy of ${at}`, allowed: allowed.join(", ") },
    fix: "Set one with aws.elb.LoadBalancerPolicy and aws.elb.ListenerPolicy.",
  };
  const set = tlsPoliciesOf(listener, stack);
  if (set.length === 0) yield { ...finding, value: undefined };
  for (const { predefined, oldProtocols } of set) {
    if (predefined !== undefined && !allowed.includes(predefined)) yield { ...finding, value: predefined };
    if (oldProtocols.length > 0) yield { ...finding, value: oldProtocols.join(", ") };
  }
}
