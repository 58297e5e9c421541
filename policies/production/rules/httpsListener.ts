import { stackRule } from "../../support/rule";
import { isProtocol } from "../../support/spelling";
import { allOf, refersTo } from "../../support/stack";
import { judgeEach } from "../../support/unknown";

/** A redirect needs something to lead to. */
export const httpsListener = stackRule(
  {
    name: "https-listener",
    displayName: "Site served over HTTPS",
    description: "A load balancer listens for HTTPS.",
    why: "Without HTTPS, every password that is typed into WordPress can be read on its way, and browsers warn visitors away.",
    severity: "high",
    fix: "Give the fleet a domain (fleet.domain): the certificate, the HTTPS listener and the redirect come with it.",
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
      yield { resource, at: "its listeners", value: "none for HTTPS", allowed: "a listener for HTTPS" };
    });
  },
);
