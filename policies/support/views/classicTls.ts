import { mergeReferences, referencesOf } from "../references";
import { allOf, type StackResource } from "../stack";
import type { ClassicListener } from "./loadBalancers";

/** The TLS policy of a classic load balancer's listener. */
export interface ClassicTlsPolicy {
  /** The name of AWS's policy on which it is based. */
  readonly predefined: string | undefined;
  /** Protocols before TLS 1.2 that it enables, e.g. `TLSv1`. */
  readonly oldProtocols: readonly string[];
}

interface Attribute {
  readonly name?: string | undefined;
  readonly value?: string | undefined;
}

const oldProtocols = ["SSLv2", "SSLv3", "TLSv1", "TLSv1.1"];

/** The TLS policies that the stack sets for a listener, by either of the two ways. */
export function tlsPoliciesOf(
  { resource: balancer, port }: ClassicListener,
  stack: readonly StackResource[],
): readonly ClassicTlsPolicy[] {
  const isOwn = (resource: StackResource, property: string) =>
    mergeReferences(
      ["id", "name"].map((key) =>
        referencesOf(stack, resource, property, "aws:elb/loadBalancer:LoadBalancer", { key }),
      ),
    ).possible.some(({ urn }) => urn === balancer.urn);
  const own = allOf(stack, "aws:elb/sslNegotiationPolicy:SslNegotiationPolicy").filter(
    (policy) => policy.props.lbPort === port && isOwn(policy, "loadBalancer"),
  );
  const set = allOf(stack, "aws:elb/listenerPolicy:ListenerPolicy")
    .filter(({ props }) => props.loadBalancerPort === port)
    .filter((policy) => isOwn(policy, "loadBalancerName"))
    .flatMap((policy) => {
      const token = "aws:elb/loadBalancerPolicy:LoadBalancerPolicy";
      return referencesOf(stack, policy, "policyNames", token, { key: "policyName" }).possible;
    });
  return [
    ...own.map(({ props }) => policyOf(props.attributes ?? [])),
    ...set.map(({ props }) => policyOf(props.policyAttributes ?? [])),
  ];
}

function policyOf(attributes: readonly Attribute[]): ClassicTlsPolicy {
  return {
    predefined: attributes.find(({ name }) => name === "Reference-Security-Policy")?.value,
    oldProtocols: oldProtocols.filter((protocol) =>
      attributes.some(({ name, value }) => name === `Protocol-${protocol}` && value === "true"),
    ),
  };
}
