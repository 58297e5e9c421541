import path from "node:path";

import { fitsIndex, requestKey, type Archive, type Resolution } from "./format";
import { stateOf } from "./state";

/** The resolutions of a run. */
export interface Resolver {
  /** The file that a request finds: as before, where nothing has changed that decides it. */
  readonly resolve: (folder: string, request: string, search: () => unknown) => unknown;
  /** Whether the archive had every resolution of this run. */
  readonly isComplete: () => boolean;
  /** What the next run may use: the resolutions of this run, and earlier ones that have not changed. */
  readonly kept: () => Pick<Archive, "resolutions" | "states">;
}

/**
 * @param packages the folder of the installed packages
 * @param before what earlier runs resolved
 */
export function resolver(packages: string, before: Pick<Archive, "resolutions" | "states">): Resolver {
  const states = new Map<string, string>();
  const used = new Map<string, Resolution>();
  let isComplete = true;

  const currentState = (place: string): string => {
    const state = states.get(place) ?? stateOf(place);
    states.set(place, state);
    return state;
  };
  const isUnchanged = (resolution: Resolution, stateNow: (place: string) => string | undefined): boolean =>
    decidingPaths(packages, resolution)?.every((place) => before.states.get(place) === stateNow(place)) ===
    true;

  return {
    resolve: (folder, request, search) => {
      const key = requestKey(folder, request);
      const known = used.get(key) ?? before.resolutions.get(key);
      if (known !== undefined && isUnchanged(known, currentState)) {
        used.set(key, known);
        return known.found;
      }
      const found = search();
      if (typeof found !== "string" || !fitsIndex(folder + request + found)) return found;
      const resolution = { folder, request, found };
      const places = decidingPaths(packages, resolution);
      if (places === undefined) return found;
      places.forEach(currentState);
      used.set(key, resolution);
      isComplete = false;
      return found;
    },
    isComplete: () => isComplete,
    kept: () => {
      // A place that this run did not look at counts as unchanged: the next run looks at it.
      const stateNow = (place: string) => states.get(place) ?? before.states.get(place);
      const unchanged = [...before.resolutions].filter(([, each]) => isUnchanged(each, stateNow));
      return {
        resolutions: new Map([...unchanged, ...used]),
        states: new Map([...before.states, ...states]),
      };
    },
  };
}

/**
 * The paths that decide which file a request finds: for a package, npm's record of what it installed; otherwise the folder
 * of the request, where another file with its name may appear, and that of the file. Undefined when other paths may
 * decide, too.
 */
function decidingPaths(
  packages: string,
  { folder, request, found }: Resolution,
): readonly string[] | undefined {
  if (found.startsWith(packages + path.sep)) return [packages, path.join(packages, ".package-lock.json")];
  if (!/^\.\.?\//.test(request)) return undefined;
  return [path.dirname(path.resolve(folder, request)), path.dirname(found)];
}
