/** A resource of a student's stack, as the account has it. */
export interface Found {
  /** Pulumi's type, e.g. `aws:ec2/vpc:Vpc`. */
  readonly type: string;
  /** The name in the program, which is the resource's tag `Name`, or the start of its generated name. */
  readonly name: string;
  /** The id with which Pulumi imports it, as the provider documents it. */
  readonly id: string;
}

/**
 * The import id of a resource of the program: of the one with its type and name, or of the only one of its type.
 * Undefined when there is none.
 */
export function importIdOf(found: readonly Found[], type: string, name: string): string | undefined {
  const ofType = found.filter((each) => each.type === type);
  const named = ofType.find((each) => each.name === name);
  return (named ?? (ofType.length === 1 ? ofType[0] : undefined))?.id;
}

/** The name in the program of a generated name: `wordpress-fleet-6cf25ae` is `wordpress-fleet`. */
export function programName(generated: string): string {
  return generated.replace(/-[0-9a-f]{7}$/, "");
}

/** The value of a resource's tag `Name`, or nothing. */
export function nameIn(
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] = [],
): string {
  return tags.find(({ Key }) => Key === "Name")?.Value ?? "";
}
