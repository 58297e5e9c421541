/**
 * Traces of errors name the right files and lines, and are printed at once.
 *
 * Pulumi's SDK (3.270) maps traces with source-map-support, which reads source maps from the files on disk. The SDK's
 * own maps lead to `node_modules/@pulumi/resource.ts`, a file that does not exist. Node's `util.inspect` (20.20) looks
 * in such a path, in colour, for the end of the package's name until a string of half a gigabyte overflows: 40 s of CPU
 * for every error. And the maps of this repository's TypeScript are not on disk.
 *
 * @see https://github.com/pulumi/pulumi/issues/21326
 */
import { createRequire, findSourceMap } from "node:module";
import path from "node:path";

interface Options {
  readonly retrieveSourceMap: (source: string) => { readonly url: string; readonly map: unknown } | null;
}

const packages = `${path.sep}node_modules${path.sep}`;

/** Leaves every position as it is. */
const noMap = { version: 3, sources: [], names: [], mappings: "" };

const loaded: unknown = createRequire(require.resolve("@pulumi/pulumi"))("source-map-support");
if (!isSourceMapSupport(loaded)) throw new TypeError("source-map-support has no function install");
loaded.install({
  retrieveSourceMap: (source) => {
    if (source.includes(packages)) return { url: source, map: noMap };
    const payload = findSourceMap(source)?.payload;
    return payload === undefined ? null : { url: source, map: { ...payload, sources: [source] } };
  },
});

function isSourceMapSupport(value: unknown): value is { install: (options: Options) => void } {
  return typeof value === "object" && value !== null && "install" in value;
}
