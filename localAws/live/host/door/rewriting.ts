/** Which addresses are replaced, and by what. */
export interface Rewriting {
  /** Host names to look for. */
  readonly names: readonly string[];
  /** A port of theirs that is not a default one. */
  readonly port?: number | undefined;
  /** What replaces them, e.g. `http://127.0.0.1:8080`. */
  readonly origin: string;
}
