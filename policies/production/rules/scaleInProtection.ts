import { on, resourceRule } from "../../support/rule";

/** Shrinking is the risky part of scaling: a person decides about it in production. */
export const scaleInProtection = resourceRule(
  {
    name: "scale-in-protection",
    displayName: "Fleet protected from scale-in",
    description: "An Auto Scaling group protects its servers from being taken away when it shrinks.",
    why: "A server that is taken away takes open requests and uploads in progress with it. In production that happens when a person, or a deployment that drains first, decides so.",
    severity: "high",
    fix: "Set protectFromScaleIn to true.",
    url: "https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-instance-protection.html",
    counterparts: { fsbp: [], checkov: [], cdkNag: [] },
    settings: {},
  },
  [
    on("aws:autoscaling/group:Group", function* ({ protectFromScaleIn }) {
      if (protectFromScaleIn !== true) {
        yield { at: "protectFromScaleIn", value: protectFromScaleIn, allowed: "true" };
      }
    }),
  ],
);
