import { on, resourceRule } from "../../support/rule";
import { isProtocol } from "../../support/spelling";
import { judgeEach } from "../../support/unknown";

/** Visitors type names without https. */
export const httpRedirects = resourceRule(
  {
    name: "http-redirects",
    displayName: "HTTP leads to HTTPS",
    description: "What listens for HTTP only sends visitors on to HTTPS.",
    why: "A page or a login that goes over plain HTTP can be read and changed by whoever is on the way.",
    severity: "high",
    fix: "Make the default action a redirect to HTTPS with status code HTTP_301.",
    url: "https://docs.aws.amazon.com/securityhub/latest/userguide/elb-controls.html#elb-1",
    counterparts: { fsbp: ["ELB.1", "ELB.18"], checkov: ["CKV_AWS_2", "CKV2_AWS_20"], cdkNag: [] },
    settings: {},
  },
  [
    on("aws:lb/listener:Listener", function* ({ protocol, port, defaultActions }) {
      // An application load balancer takes the protocol from the port where none is given.
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
