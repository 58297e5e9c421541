import { tryRead } from "../unknown";

/** A text of a property, e.g. an id or an address range, and its path. */
export interface Located {
  readonly at: string;
  readonly value: string;
}

/** Texts of properties, some of which a preview may not know. */
export interface Texts {
  readonly known: readonly Located[];
  /** The policy SDK's error for each unknown text, or for a list of unknown length. */
  readonly unknown: readonly Error[];
}

/** Reads a text or a list of texts. An empty text is not set: the provider returns it for such a property. */
export function readTexts(read: () => unknown, at: string): Texts {
  const whole = tryRead(read);
  if (!whole.known) return { known: [], unknown: [whole.error] };
  const { value } = whole;
  if (!Array.isArray(value)) return textOf(value, at);
  return mergeTexts(
    [...value.keys()].map((index) => {
      const item = tryRead((): unknown => value.at(index));
      return item.known
        ? textOf(item.value, `${at}[${String(index)}]`)
        : { known: [], unknown: [item.error] };
    }),
  );
}

export function mergeTexts(all: readonly Texts[]): Texts {
  return {
    known: all.flatMap(({ known }) => known),
    unknown: all.flatMap(({ unknown }) => unknown),
  };
}

/** Throws the policy SDK's error if a preview does not know a text: after a rule has judged the known ones. */
export function throwUnknown({ unknown: [error] }: Pick<Texts, "unknown">): void {
  if (error !== undefined) throw error;
}

function textOf(value: unknown, at: string): Texts {
  return { known: typeof value === "string" && value !== "" ? [{ at, value }] : [], unknown: [] };
}
