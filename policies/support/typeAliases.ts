/** Modules of type tokens, and the module that has the same resource types. */
const modules: readonly (readonly [alias: string, module: string])[] = [
  ["aws:alb/", "aws:lb/"],
  ["aws:applicationloadbalancing/", "aws:lb/"],
  ["aws:elasticloadbalancingv2/", "aws:lb/"],
  ["aws:elasticloadbalancing/", "aws:elb/"],
];

/**
 * The token by which rules know a type: `@pulumi/aws` registers some types under several modules, and a state may have
 * the tokens of an older version.
 */
export function canonicalType(type: string): string {
  for (const [alias, module] of modules) {
    if (type.startsWith(alias)) return module + type.slice(alias.length);
  }
  return type;
}

/** Whether other tokens mean the same type. */
export function hasAlias(token: string): boolean {
  return modules.some(([, module]) => token.startsWith(module));
}
