import path from "node:path";

import { sourceLine, type SourceLine } from "../sources/creations";
import { resourcesOf, type DeployedResource, type Deployment } from "./deployment";

/** How to read the positions in a state. */
export interface Sources {
  readonly repository: string;
  /** The folder of the `Pulumi.yaml` that the engine ran with: positions are relative to it. */
  readonly projectFolder: string;
}

/**
 * The lines of the program that created a state's resources, as the engine recorded them; undefined where it did not. For
 * a child of a remote component, the line that creates the component.
 */
export function creationsIn(state: Deployment, sources: Sources): (urn: string) => SourceLine | undefined {
  const resources = new Map(resourcesOf(state).map((resource) => [resource.urn, resource]));
  const creation = (urn: string): SourceLine | undefined => {
    const resource = resources.get(urn);
    if (resource === undefined) return undefined;
    return (
      recordedLine(resource, sources) ??
      (resource.parent === undefined ? undefined : creation(resource.parent))
    );
  };
  return creation;
}

/** The first recorded line that is the program's: the engine's own guess may be in a package. */
function recordedLine(
  { sourcePosition, stackTrace = [] }: DeployedResource,
  sources: Sources,
): SourceLine | undefined {
  const positions = [sourcePosition, ...stackTrace.map((frame) => frame.sourcePosition)];
  return positions.map((position) => lineOf(position ?? "", sources)).find((line) => line !== undefined);
}

function lineOf(recorded: string, sources: Sources): SourceLine | undefined {
  const { file, line, column } =
    /^project:\/\/\/(?<file>.+)#(?<line>\d+),(?<column>\d+)$/.exec(recorded)?.groups ?? {};
  if (file === undefined) return undefined;
  const { repository, projectFolder } = sources;
  const position = {
    file: path.resolve(projectFolder, decodeURI(file)),
    line: Number(line),
    column: Number(column),
  };
  const found = sourceLine(position, repository);
  return found?.file.startsWith("node_modules/") === true ? undefined : found;
}
