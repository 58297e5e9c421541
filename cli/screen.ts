import { clipToWidth } from "./width";

/** The screen's output: a terminal or any other text stream. */
export interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Lines that stay and, on a terminal, lines below them that change in place. */
export interface Screen {
  /** Whether lines can change in place. */
  readonly live: boolean;
  /** Writes lines that stay. */
  readonly print: (text: string) => void;
  /** Shows or removes the changing line with this key. Does nothing where lines cannot change. */
  readonly show: (key: string, text: string | undefined) => void;
}

/** Creates the screen of an output. */
export function screenOn(output: Output): Screen {
  const live = output.isTTY === true;
  const changing = new Map<string, string>();
  let shown = 0;

  const erase = () => (shown === 0 ? "" : `\u001b[${shown}A\u001b[0J`);
  const redraw = (above: string) => {
    const width = (output.columns ?? 80) - 1;
    // At most one row: a wrapped line cannot be erased.
    const lines = [...changing.values()].map((text) => `${clipToWidth(text, width)}\n`);
    output.write(erase() + above + lines.join(""));
    shown = lines.length;
  };

  return {
    live,
    print: (text) => {
      redraw(`${text}\n`);
    },
    show: (key, text) => {
      if (!live) return;
      if (text === undefined) changing.delete(key);
      else changing.set(key, text);
      redraw("");
    },
  };
}
