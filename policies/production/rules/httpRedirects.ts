import { on, resourceRule } from "../../support/rule";
import { isProtocol } from "../../support/spelling";
import { judgeEach } from "../../support/unknown";

export const httpRedirects = resourceRule(
  {
    name: "http-redirects",
    displayName: "HTTP redirects to HTTPS",
    description: "An HTTP listener only redirects to HTTPS.",
    why: "An attacker on the network path can read and change a page or a login that is sent over plain HTTP.",
    severity: "high",
    topics: ["encryption-in-transit"],
    fix: "Set a redirect to HTTPS with status code HTTP_301 as the default action.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-1",
    counterparts: { fsbp: ["ELB.1", "ELB.18"], checkov: ["CKV_AWS_2", "CKV2_AWS_20"], cdkNag: [] },
    settings: {},
  },
  [
    on("aws:lb/listener:Listener", function* ({ protocol, port, defaultActions }) {
      // Without a protocol, an application load balancer derives it from the port.
      if (!isProtocol(protocol, "HTTP") && !(protocol === undefined && port === 80)) return;
      yield* judgeEach(defaultActions, function* ({ type, redirect }, index) {
        const at = `defaultActions[${String(index)}]`;
        if (type !== "redirect") {
          yield { at: `${at}.type`, value: type, allowed: '"redirect"' };
        } else if (redirect?.protocol !== "HTTPS") {
          yield { at: `${at}.redirect.protocol`, value: redirect?.protocol, allowed: '"HTTPS"' };
        }
      });
    }),
  ],
);
