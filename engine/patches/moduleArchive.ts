/**
 * Speed only. A command loads 1,000 modules: Node.js searches for each file in several places and reads it, and V8
 * compiles it. With this patch the first run of a command keeps, at its end, the file that each request found, the code,
 * and V8's compiled code, in one file of `.local/cache`; later runs use what is kept of each file that has not changed.
 * Node.js 22.1 and later keep compiled code themselves, but search for and read each file.
 *
 * `nodeHooks/register.cjs` installs it for the commands of this repository, not for the tests, whose processes load
 * different modules.
 *
 * Upstream: https://github.com/nodejs/node/pull/52535 keeps compiled code.
 * Checked against: Node.js 20.20.
 */
import { readFileSync } from "node:fs";
import Module from "node:module";
import path from "node:path";
import { cachedDataVersionTag } from "node:v8";
import type { Script } from "node:vm";

import { keep } from "../../nodeHooks/keep.cjs";
import { compileKept, compileNew, runModule, wrapped } from "./archive/compile";
import {
  decodeArchive,
  encodeArchive,
  fitsIndex,
  keptModule,
  layoutVersion,
  type Archive,
  type KeptModule,
} from "./archive/format";
import { resolver, type Resolver } from "./archive/resolver";
import { stateOf } from "./archive/state";
import { functionOf, internalFunction, internalObject } from "./internals";

/** An archive of more bytes keeps only what its last run loaded. */
const mostBytes = 128 * 1024 * 1024;

/** A module that this run has loaded. */
interface Loaded {
  readonly state: string;
  readonly script: Script;
  /** The module in the archive, or its code. */
  readonly source: KeptModule | string;
}

/** The archive of one command. */
export interface ArchiveOptions {
  /** Its file, without the versions of Node.js and of this patch. */
  readonly file: string;
  /** The folder of the installed packages. */
  readonly packages: string;
}

/** Loads modules from an archive, and writes it at the end of the process when modules were missing in it. */
export function useArchive(options: ArchiveOptions): void {
  const { packages } = options;
  // V8 refuses the code of another version or of other options.
  const file = `${options.file}-${process.version}-${cachedDataVersionTag()}-${layoutVersion}`;
  const before = readArchive(file);
  const resolutions = resolver(packages, before);
  const loaded = new Map<string, Loaded>();
  resolveWith(resolutions);
  for (const extension of [".js", ".ts"]) loadWith(extension, before.modules, loaded);
  process.on("exit", () => {
    const isComplete = [...loaded.values()].every(({ source }) => typeof source !== "string");
    if (isComplete && resolutions.isComplete()) return;
    keep(file, encodeArchive({ modules: modulesToKeep(before.modules, loaded), ...resolutions.kept() }));
  });
}

function readArchive(file: string): Archive {
  try {
    return decodeArchive(readFileSync(file));
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    return { modules: new Map(), resolutions: new Map(), states: new Map() };
  }
}

function resolveWith({ resolve }: Resolver): void {
  const { original, replace } = internalFunction("node:module", "_resolveFilename");
  replace(function (...given) {
    const [request, parent, , options] = given;
    const search = () => withMoreFrames(() => original.call(this, ...given));
    if (typeof request !== "string" || options !== undefined || Module.isBuiltin(request)) return search();
    if (!(parent instanceof Module) || typeof parent.filename !== "string") return search();
    return resolve(path.dirname(parent.filename), request, search);
  });
}

/** The frames of this patch in a trace. */
const ownFrames = 6;

/** An error's trace still reaches the module that requires a missing one. */
function withMoreFrames<Result>(work: () => Result): Result {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = stackTraceLimit + ownFrames;
  try {
    return work();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function loadWith(
  extension: string,
  kept: ReadonlyMap<string, KeptModule>,
  loaded: Map<string, Loaded>,
): void {
  const extensions = internalObject("node:module", "_extensions");
  const { original, replace } = functionOf(extensions, extension, "node:module _extensions");
  replace(function (...given) {
    const [module, filename] = given;
    const load = () => original.call(this, ...given);
    if (!(module instanceof Module) || typeof filename !== "string" || !fitsIndex(filename)) return load();
    const state = stateOf(filename);
    const known = loadedBefore(loaded.get(filename), kept.get(filename), filename, state);
    if (known !== undefined) {
      loaded.set(filename, known);
      return runModule(module, known.script, filename);
    }
    onCompile(module, (code) => {
      const script = compileNew(filename, code);
      loaded.set(filename, { state, script, source: code });
      return script;
    });
    return load();
  });
}

/** A module of this run or of the archive, if its file has not changed since. */
function loadedBefore(
  loaded: Loaded | undefined,
  source: KeptModule | undefined,
  filename: string,
  state: string,
): Loaded | undefined {
  if (loaded?.state === state) return loaded;
  if (source?.state !== state) return undefined;
  const script = compileKept(filename, source);
  return script === undefined ? undefined : { state, script, source };
}

/** Compiles the module with a function, where Node.js would compile it as CommonJS. */
function onCompile(module: Module, compile: (code: string) => Script): void {
  const { original } = functionOf(internalObject("node:module", "prototype"), "_compile", "Module.prototype");
  const own = (code: unknown, filename: unknown, format: unknown): unknown => {
    Reflect.deleteProperty(module, "_compile");
    const text = typeof code === "string" && format !== "module" ? wrapped(code) : undefined;
    const script = text === undefined ? undefined : compiledOrNot(() => compile(text));
    return script === undefined || typeof filename !== "string"
      ? original.call(module, code, filename, format)
      : runModule(module, script, filename);
  };
  Object.assign(module, { _compile: own });
}

/** Node.js compiles an ES module in a file without a format, or reports its mistake. */
function compiledOrNot(compile: () => Script): Script | undefined {
  try {
    return compile();
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function modulesToKeep(
  before: ReadonlyMap<string, KeptModule>,
  loaded: ReadonlyMap<string, Loaded>,
): ReadonlyMap<string, KeptModule> {
  const own = [...loaded].map(([name, { state, script, source }]): [string, KeptModule] => [
    name,
    typeof source === "string" ? keptModule(state, source, script.createCachedData()) : source,
  ]);
  const all = new Map([...before, ...own]);
  const bytes = [...all.values()].reduce((sum, { code, compiled }) => sum + code.length + compiled.length, 0);
  return bytes > mostBytes ? new Map(own) : all;
}
