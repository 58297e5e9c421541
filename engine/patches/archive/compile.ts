import Module from "node:module";
import path from "node:path";
import { Script } from "node:vm";

import { internalFunction, internalObject } from "../internals";
import type { KeptModule } from "./format";

/** The function that gives a module's code its own names, as Node.js has it. */
const head = "(function (exports, require, module, __filename, __dirname) { ";
const tail = "\n})";

/** With V8's compiled code, Node.js 20 loses who answers an `import()`. */
const dynamicImport = /\bimport\s*(?:\(|\/[*/])/;

/** A module's code in its function; undefined when only Node.js itself can compile it. */
export function wrapped(code: string): string | undefined {
  return code.startsWith("#!") || dynamicImport.test(code) ? undefined : head + code + tail;
}

/** @throws SyntaxError for a module that is no CommonJS */
export function compileNew(filename: string, text: string): Script {
  return new Script(text, optionsOf(filename));
}

/** The script, without compiling; undefined when V8 refuses what another version or other options compiled. */
export function compileKept(filename: string, { code, encoding, compiled }: KeptModule): Script | undefined {
  const text = code.toString(encoding);
  const script = new Script(text, { ...optionsOf(filename), cachedData: compiled });
  return script.cachedDataRejected === true ? undefined : script;
}

function optionsOf(filename: string) {
  // The first line has the same columns as in the file.
  return { filename, columnOffset: -head.length };
}

/** Runs the code of a module. */
export function runModule(module: Module, script: Script, filename: string): unknown {
  const wrapper: unknown = script.runInThisContext();
  if (typeof wrapper !== "function") throw new TypeError(`${filename} was not compiled as a function`);
  const given = [module.exports, requireOf(module), module, filename, path.dirname(filename)];
  return Reflect.apply(wrapper, module.exports, given);
}

const cache = internalObject("node:module", "_cache");
const extensions = internalObject("node:module", "_extensions");

/** The function `require` of a module, with the members that Node.js gives it. */
function requireOf(module: Module): object {
  const resolve = (request: unknown, options: unknown) =>
    search("_resolveFilename", request, module, false, options);
  const paths = (request: unknown) => search("_resolveLookupPaths", request, module);
  return Object.assign((request: string): unknown => module.require(request), {
    resolve: Object.assign(resolve, { paths }),
    main: Reflect.get(process, "mainModule"),
    extensions,
    cache,
  });
}

/** Calls one of Node.js' own functions about modules. */
function search(name: string, ...given: readonly unknown[]): unknown {
  return internalFunction("node:module", name).original.call(Module, ...given);
}
