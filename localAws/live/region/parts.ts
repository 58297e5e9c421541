import type { RegionConfig } from "./config";
import type { Part, PartContext, Routes } from "./part";

export interface Parts {
  /** In the order in which a new world reaches them. */
  readonly parts: readonly Part[];
  readonly routes: Routes;
}

/** The services of the region, connected with each other. */
export function makeParts(config: RegionConfig, context: PartContext): Parts {
  context.log(`state in ${config.folder}`);
  const parts: readonly Part[] = [];
  return { parts, routes: mergeRoutes(parts) };
}

function mergeRoutes(parts: readonly Part[]): Routes {
  return Object.fromEntries(parts.flatMap(({ routes = {} }) => Object.entries(routes)));
}
