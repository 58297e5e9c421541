import path from "node:path";

import type { Registered } from "../engine";

/** A line of a file, relative to the repository. */
export interface SourceLine {
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** A position in a file; line and column from 1. The loader of TypeScript keeps every line where it is. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The lines of the program that create resources. */
export interface Creations {
  /** Called within the constructor of each resource. */
  readonly onResource: (resource: Registered) => void;
  /**
   * The line that creates the resource with a URN. For a child of a remote component, such as `awsx:ec2:Vpc`, the line
   * that creates the component.
   */
  readonly lineOf: (urn: string) => SourceLine | undefined;
}

/** The frames of the SDK, the resource's class and the program's function; a resource in a component has no more. */
const framesNeeded = 30;

/** @param repository the folder of the program */
export function collectCreations(repository: string): Creations {
  const positions = new Map<string, Position>();
  return {
    onResource: (resource) => {
      const position = creatorIn(stackTrace(), repository);
      if (position !== undefined) positions.set(keyOf(resource), position);
    },
    lineOf: (urn) => {
      const [, , types = "", ...name] = urn.split("::");
      const [type = "", ...ancestors] = types.split("$").toReversed();
      const own = positions.get(keyOf({ type, name: name.join("::") }));
      const position =
        own ?? ancestors.map((ancestor) => onlyOf(positions, ancestor)).find((each) => each !== undefined);
      return position === undefined ? undefined : sourceLine(position, repository);
    },
  };
}

/** The position of the only resource of a type: a URN has the types of its ancestors, not their names. */
function onlyOf(positions: ReadonlyMap<string, Position>, type: string): Position | undefined {
  const found = [...positions].filter(([key]) => key.startsWith(`${type} `));
  return found.length === 1 ? found[0]?.[1] : undefined;
}

/** The line of the program for a position; undefined outside of the repository. */
export function sourceLine({ file, line }: Position, repository: string): SourceLine | undefined {
  const relative = path.relative(repository, file);
  return relative.startsWith("..") ? undefined : { file: relative.replaceAll(path.sep, "/"), line };
}

/**
 * The position in the program that created a resource: the first frame outside of packages after Pulumi's SDK. The
 * constructor of a class of the program, which extends a class of the SDK, does not create itself; its caller does.
 *
 * @param trace the stack trace of code that a resource's constructor calls
 */
export function creatorIn(trace: string, repository: string): Position | undefined {
  const frames = trace.split("\n").flatMap((text) => frameIn(text) ?? []);
  const first = frames.findIndex(
    ({ file }, index) => isOurs(file, repository) && isPackage(frames[index - 1]?.file ?? ""),
  );
  const [frame, caller] = [frames[first], frames[first + 1]];
  const extendsSdk = isPackage(frames[first - 1]?.file ?? "", path.join("@pulumi", "pulumi"));
  return extendsSdk && frame?.isConstructor === true && isOurs(caller?.file ?? "", repository)
    ? caller
    : frame;
}

interface Frame extends Position {
  readonly isConstructor: boolean;
}

function frameIn(text: string): Frame | undefined {
  const { file, line, column } =
    /\(?(?<file>[^\s()]*):(?<line>\d+):(?<column>\d+)\)?$/.exec(text)?.groups ?? {};
  if (file === undefined) return undefined;
  const isConstructor = text.trimStart().startsWith("at new ");
  return { file, line: Number(line), column: Number(column), isConstructor };
}

/** Whether a file is of an installed package: of any, or of the named one. */
function isPackage(file: string, name = ""): boolean {
  return file.includes(path.join(path.sep, "node_modules", name, path.sep));
}

function isOurs(file: string, repository: string): boolean {
  return file.startsWith(repository + path.sep) && !isPackage(file);
}

function stackTrace(): string {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = framesNeeded;
  try {
    return new Error("for its trace").stack ?? "";
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function keyOf({ type, name }: Registered): string {
  return `${type} ${name}`;
}
