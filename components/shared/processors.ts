/** A server's processor, by Debian's name for its architecture. */
export type Processor = "amd64" | "arm64";

/** EC2's name for the architecture of that processor. */
export const architectureOf = { amd64: "x86_64", arm64: "arm64" } as const satisfies Record<
  Processor,
  string
>;

/**
 * The processor of an instance type, from its name: Graviton types have a g after the generation's number (t4g, m7g,
 * c7gn), where g4dn and g5 have none; `gb` is a Grace processor. It needs no request to AWS, so a wrong image is
 * refused before anything is created.
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-type-names.html
 */
export function processorOf(instanceType: string): Processor {
  return /^(?:a1\.|[a-z]+\d+g|[a-z]+\d+[a-z]*-gb\d)/.test(instanceType) ? "arm64" : "amd64";
}
