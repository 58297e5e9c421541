export {};

/** What the policy SDK has at run time and leaves out of its types. */
declare module "@pulumi/policy/proxy" {
  export function unknownCheckingProxy<Props extends object>(props: Props): Props;
  export class UnknownValueError extends Error {}
  export const unknownStringValue: string;
}
