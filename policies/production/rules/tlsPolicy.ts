import { on, resourceRule } from "../../support/rule";
import { strings } from "../../support/settings";
import { isProtocol } from "../../support/spelling";

export const tlsPolicy = resourceRule(
  {
    name: "tls-policy",
    displayName: "Current TLS policy",
    description: "An HTTPS listener accepts TLS 1.2 and 1.3 only.",
    why: "AWS's default policy, of 2016, still accepts TLS 1.0 and 1.1, which have known weaknesses.",
    severity: "medium",
    topics: ["encryption-in-transit"],
    fix: "Set sslPolicy to ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09.",
    url: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html",
    counterparts: { fsbp: ["ELB.17"], checkov: ["CKV_AWS_103", "CKV2_AWS_74"], cdkNag: [] },
    settings: {
      policies: strings({
        default: [
          "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
          "ELBSecurityPolicy-TLS13-1-2-PQ-2025-09",
          "ELBSecurityPolicy-TLS13-1-3-PQ-2025-09",
          "ELBSecurityPolicy-TLS13-1-2-Res-2021-06",
          "ELBSecurityPolicy-TLS13-1-2-2021-06",
          "ELBSecurityPolicy-TLS13-1-3-2021-06",
        ],
        description: "The allowed security policies of a listener",
      }),
    },
  },
  [
    on("aws:lb/listener:Listener", function* ({ protocol, sslPolicy }, { policies }) {
      if (!isProtocol(protocol, "HTTPS", "TLS")) return;
      if (sslPolicy === undefined || !policies.includes(sslPolicy)) {
        yield { at: "sslPolicy", value: sslPolicy, allowed: `one of ${policies.join(", ")}` };
      }
    }),
  ],
);
