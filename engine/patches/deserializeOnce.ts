/**
 * Speed only. The policy SDK deserializes a resource's properties once for every rule that it calls, and the whole
 * stack once for every stack rule. With this patch it does so once for each request. Rules only read properties;
 * a remediation writes to them and still gets its own copy.
 *
 * Upstream: no issue about this; https://github.com/pulumi/pulumi/issues/6500 is about the time that policies take.
 * Checked against: @pulumi/policy 1.21.0.
 */
import { createRequire } from "node:module";

interface Deserialize {
  deserializeProperties: (properties: object, proxySecrets: boolean) => unknown;
}

/**
 * Patches the copy of the policy SDK that is in Node's module cache now, or loads one.
 *
 * @returns a function that removes the patch
 */
export function deserializeOnce(): () => void {
  const sdk: unknown = createRequire(__filename)("@pulumi/policy/deserialize");
  if (!isDeserialize(sdk)) throw new TypeError("@pulumi/policy/deserialize has no deserializeProperties");
  const { deserializeProperties } = sdk;
  const known = new WeakMap<object, unknown>();
  sdk.deserializeProperties = (properties, proxySecrets) => {
    if (proxySecrets) return deserializeProperties(properties, proxySecrets);
    if (!known.has(properties)) known.set(properties, deserializeProperties(properties, proxySecrets));
    return known.get(properties);
  };
  return () => {
    sdk.deserializeProperties = deserializeProperties;
  };
}

function isDeserialize(sdk: unknown): sdk is Deserialize {
  return (
    typeof sdk === "object" &&
    sdk !== null &&
    "deserializeProperties" in sdk &&
    typeof sdk.deserializeProperties === "function"
  );
}
