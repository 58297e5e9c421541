import type { Listener } from "../../world";
import { wildcard, word } from "./syntax";

type Condition = Listener["rules"][number]["conditions"][number];

/**
 * The ACLs of a rule's condition; all must match. Values of a condition are alternatives.
 * Paths are case-sensitive, everything else is not, as on AWS.
 */
export function aclOf({ field, values, headerName }: Condition): string {
  switch (field) {
    case "path-pattern":
      return matches("path", values);
    case "host-header":
      return matches("req.hdr(host),host_only", values, "-i");
    case "http-header":
      return matches(`req.fhdr(${headerName ?? ""})`, values, "-i");
    case "http-request-method":
      return `{ method -m str -- ${values.map(word).join(" ")} }`;
    case "query-string":
      return `{ query -i -m reg -- ${values.map((value) => word(parameter(value))).join(" ")} }`;
    case "source-ip":
      return `{ src -- ${values.map(word).join(" ")} }`;
    default:
      throw new Error(
        `A listener's rule has a condition of ${field}. HAProxy's configuration has no rule for it.`,
      );
  }
}

function matches(sample: string, values: readonly string[], flags = ""): string {
  const patterns = values.map((value) => word(wildcard(value)));
  return `{ ${sample} ${flags} -m reg -- ${patterns.join(" ")} }`.replaceAll("  ", " ");
}

/** `KEY=VALUE`, or `VALUE` of any parameter. */
function parameter(value: string): string {
  const at = value.indexOf("=");
  const body = (text: string): string => wildcard(text).slice(1, -1).replaceAll(".*", "[^&]*");
  const [key, text] = at < 1 ? [undefined, value.slice(at + 1)] : [value.slice(0, at), value.slice(at + 1)];
  return `(^|&)${key === undefined ? "([^&=]*=)?" : `${body(key)}=`}${body(text)}(&|$)`;
}
