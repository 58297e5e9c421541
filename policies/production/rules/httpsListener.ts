import { stackRule } from "../../support/rule";
import { isProtocol } from "../../support/spelling";
import { allOf, refersTo } from "../../support/stack";
import { judgeEach } from "../../support/unknown";

export const httpsListener = stackRule(
  {
    name: "https-listener",
    displayName: "Site served over HTTPS",
    description: "A load balancer has an HTTPS listener.",
    why: "Without HTTPS, an attacker on the network path can read every WordPress password, and browsers warn visitors.",
    severity: "high",
    topics: ["encryption-in-transit"],
    fix: "Set the fleet's domain (fleet.domain), which adds the certificate, the HTTPS listener and the redirect.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-18",
    counterparts: { fsbp: ["ELB.18"], checkov: ["CKV_AWS_2"], cdkNag: [] },
    settings: {},
  },
  function* (stack) {
    const secure = allOf(stack, "aws:lb/listener:Listener").filter(({ props }) =>
      isProtocol(props.protocol, "HTTPS", "TLS"),
    );
    yield* judgeEach(allOf(stack, "aws:lb/loadBalancer:LoadBalancer"), function* (resource) {
      if (secure.some((listener) => refersTo(listener, "loadBalancerArn", resource))) return;
      yield { resource, at: "its listeners", value: "none with HTTPS", allowed: "an HTTPS listener" };
    });
  },
);
