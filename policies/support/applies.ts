/** A validation function with the types that it judges. The policy SDK has a mark for one type only. */
interface Typed {
  readonly appliesToType: (type: string) => boolean;
}

/** Marks a validation: {@link appliesTo} reads the mark. */
export function typed<Validation extends object>(
  validation: Validation,
  appliesToType: (type: string) => boolean,
): Validation & Typed {
  return Object.assign(validation, { appliesToType });
}

/** Whether a policy's validation of single resources may report something about a type. Without a mark, it may. */
export function appliesTo(policy: object, type: string): boolean {
  const validation: unknown = Reflect.get(policy, "validateResource");
  return isTyped(validation) ? validation.appliesToType(type) : true;
}

/** The validation with the marks of another one. */
export function typedAs<Validation extends object>(marked: object, validation: Validation): Validation {
  return isTyped(marked) ? typed(validation, marked.appliesToType) : validation;
}

function isTyped(validation: unknown): validation is Typed {
  return (
    typeof validation === "function" &&
    "appliesToType" in validation &&
    typeof validation.appliesToType === "function"
  );
}
