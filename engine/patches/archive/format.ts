/** A module as an archive keeps it. */
export interface KeptModule {
  /** The {@link stateOf} its file when its code was read. */
  readonly state: string;
  /** The code that V8 compiles: the module's, within the function that gives it `exports`, `require` and the others. */
  readonly code: Buffer;
  readonly encoding: Encoding;
  /** V8's code cache. */
  readonly compiled: Buffer;
}

/** V8 copies one byte or two for each character of these, and decodes nothing. */
type Encoding = "latin1" | "utf16le";

/** The file that a request finds. */
export interface Resolution {
  /** The folder of the module that requires it. */
  readonly folder: string;
  readonly request: string;
  readonly found: string;
}

/** What earlier runs of a command loaded. */
export interface Archive {
  /** By the module's file. */
  readonly modules: ReadonlyMap<string, KeptModule>;
  /** By {@link requestKey}. */
  readonly resolutions: ReadonlyMap<string, Resolution>;
  /** The {@link stateOf} each path that decides a resolution. */
  readonly states: ReadonlyMap<string, string>;
}

/** Changes with the layout of the file. */
export const layoutVersion = 2;

/** The first line of an archive has two numbers of so many digits. */
const digits = 12;
const headBytes = 2 * digits;

/**
 * The file of an archive: the length of the index and of all; the index, one line for each entry with tabs between its
 * parts; code and compiled code of each module. Reading it parses nothing but the index.
 */
export function encodeArchive({ modules, resolutions, states }: Archive): Buffer {
  const data: Buffer[] = [];
  let end = 0;
  const placed = (part: Buffer): readonly number[] => {
    data.push(part);
    end += part.length;
    return [end - part.length, end];
  };
  const lines = [
    ...[...modules].map(([file, { state, encoding, code, compiled }]) => {
      return ["m", file, state, encoding, ...placed(code), ...placed(compiled)];
    }),
    ...[...resolutions.values()].map(({ folder, request, found }) => ["r", folder, request, found]),
    ...[...states].map(([path, state]) => ["s", path, state]),
  ];
  const index = Buffer.from(lines.map((line) => line.join("\t")).join("\n"));
  const numbers = [index.length, headBytes + index.length + end];
  const head = numbers.map((number) => String(number).padStart(digits, "0")).join("");
  return Buffer.concat([Buffer.from(head), index, ...data]);
}

/** Reads what {@link encodeArchive} wrote; a file that is not whole is an empty archive. */
export function decodeArchive(file: Buffer): Archive {
  const end = headBytes + Number(file.toString("latin1", 0, digits));
  const isWhole = Number(file.toString("latin1", digits, headBytes)) === file.length;
  const index = isWhole ? file.toString("utf8", headBytes, end) : "";
  const data = file.subarray(end);
  const modules = new Map<string, KeptModule>();
  const resolutions = new Map<string, Resolution>();
  const states = new Map<string, string>();
  for (const line of index.split("\n")) {
    const [kind, first = "", second = "", third = "", ...places] = line.split("\t");
    if (kind === "m") modules.set(first, moduleIn(data, second, third, places.map(Number)));
    if (kind === "s") states.set(first, second);
    if (kind === "r") {
      resolutions.set(requestKey(first, second), { folder: first, request: second, found: third });
    }
  }
  return { modules, resolutions, states };
}

function moduleIn(
  data: Buffer,
  state: string,
  encoding: string,
  [codeStart, codeEnd, compiledStart, compiledEnd]: readonly number[],
): KeptModule {
  return {
    state,
    encoding: encoding === "latin1" ? "latin1" : "utf16le",
    code: data.subarray(codeStart, codeEnd),
    compiled: data.subarray(compiledStart, compiledEnd),
  };
}

/** A module to keep. */
export function keptModule(state: string, text: string, compiled: Buffer): KeptModule {
  const code = Buffer.from(text, "latin1");
  return code.toString("latin1") === text
    ? { state, encoding: "latin1", code, compiled }
    : { state, encoding: "utf16le", code: Buffer.from(text, "utf16le"), compiled };
}

/** The key of what a module in a folder requires. */
export function requestKey(folder: string, request: string): string {
  return `${folder} > ${request}`;
}

/** Whether the index can contain a text. */
export function fitsIndex(text: string): boolean {
  return !/[\t\n]/.test(text);
}
