/**
 * Has the policy SDK turn a resource's properties into JavaScript once instead of once for every rule, which takes
 * longer than all the rules themselves. Rules only read them; a remedy, which writes, is still given its own.
 */
module.exports = function readOnce() {
  const deserialize = require("@pulumi/policy/deserialize");
  const { deserializeProperties } = deserialize;
  const known = new WeakMap();
  deserialize.deserializeProperties = (properties, proxySecrets) => {
    if (proxySecrets) return deserializeProperties(properties, proxySecrets);
    if (!known.has(properties)) known.set(properties, deserializeProperties(properties, proxySecrets));
    return known.get(properties);
  };
};
