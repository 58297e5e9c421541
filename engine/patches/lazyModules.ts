/**
 * Speed only. Pulumi's SDK loads TypeScript's compiler and npm's tree builder, 1,000 files that only serialized functions
 * need, and `@pulumi/aws` loads 230 services, of which a program uses a dozen. With this patch these modules load at
 * their first use. `nodeHooks/register.cjs` installs it before anything loads Pulumi.
 *
 * Upstream: https://github.com/pulumi/pulumi/issues/10487 and https://github.com/pulumi/pulumi/issues/10607.
 * Checked against: @pulumi/pulumi 3.270.0, @pulumi/aws 7.48.0, @pulumi/awsx 3.9.0.
 */
import Module from "node:module";

import { internalFunction } from "./internals";

const packages = new Set(["typescript", "@npmcli/arborist", "normalize-package-data"]);

const indexes = /[\\/]@pulumi[\\/]awsx?[\\/]index\.js$/;
/** The other modules are no services: the index copies their members, which a module that is not loaded does not have. */
const service = /^\.\/(?!provider$|tags$|types$|utilities$|utils$)[a-z\d]+$/;

function isLazy(request: unknown, parent: unknown): boolean {
  if (typeof request !== "string") return false;
  if (packages.has(request)) return true;
  return service.test(request) && parent instanceof Module && indexes.test(parent.filename);
}

const { original, replace } = internalFunction("node:module", "_load");
replace(function (...given) {
  const [request, parent] = given;
  if (!isLazy(request, parent)) return original.call(this, ...given);
  let loaded: object | undefined;
  const load = (): object => {
    const value = original.call(this, ...given);
    if ((typeof value !== "object" && typeof value !== "function") || value === null)
      throw new TypeError(`${String(request)} exports no object: check engine/patches/lazyModules.ts`);
    return value;
  };
  const use = () => (loaded ??= load());
  // What `import name from` has of a CommonJS module, whose exports are its default export.
  const defaultOf = (value: object): unknown =>
    Reflect.get(value, "__esModule") === true ? Reflect.get(value, "default") : value;
  return new Proxy(
    {},
    {
      // Answered without loading: TypeScript's import helper would otherwise copy every member, and so load the module.
      get: (_, key): unknown =>
        key === "__esModule" ? true : key === "default" ? defaultOf(use()) : Reflect.get(use(), key),
      has: (_, key) => key in use(),
      set: (_, key, value) => Reflect.set(use(), key, value),
    },
  );
});
