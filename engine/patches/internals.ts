import { createRequire } from "node:module";

type AnyFunction = (this: unknown, ...given: readonly unknown[]) => unknown;

/** A function of another package that the package's types do not export. */
export interface InternalFunction {
  readonly original: AnyFunction;
  readonly replace: (replacement: AnyFunction) => void;
}

/**
 * Finds a function that another package keeps to itself.
 *
 * @param file the package's file, e.g. `@pulumi/pulumi/runtime/debuggable`
 * @throws TypeError when the file has no such function: then the patch does not fit the package's version
 */
export function internalFunction(file: string, name: string): InternalFunction {
  return functionOf(internalModule(file), name, file);
}

/**
 * Finds a function of an object.
 *
 * @param where the object, for the error
 * @throws TypeError as {@link internalFunction} does
 */
export function functionOf(owner: Record<string, unknown>, name: string, where: string): InternalFunction {
  const original = owner[name];
  if (!isFunction(original))
    throw new TypeError(`${where} has no function ${name}: check the patch that needs it`);
  return {
    original,
    replace: (replacement) => {
      owner[name] = replacement;
    },
  };
}

/**
 * Finds an object that another package keeps to itself.
 *
 * @throws TypeError as {@link internalFunction} does
 */
export function internalObject(file: string, name: string): Record<string, unknown> {
  const value = internalModule(file)[name];
  if (!isObject(value)) throw new TypeError(`${file} has no object ${name}: check the patch that needs it`);
  return value;
}

function internalModule(file: string): Record<string, unknown> {
  const loaded: unknown = createRequire(__filename)(file);
  if (!isObject(loaded)) throw new TypeError(`${file} exports no object: check the patch that needs it`);
  return loaded;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

function isFunction(value: unknown): value is AnyFunction {
  return typeof value === "function";
}
