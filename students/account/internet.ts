/** What a visitor on the internet sees. On the emulator: what the emulator's internet has. */
export interface Internet {
  /**
   * The IPv4 addresses of a name, sorted; none when the name does not exist.
   * @throws NotSeenError when there is no resolver
   */
  readonly resolve: (name: string) => Promise<readonly string[]>;
  /**
   * Requests `http://host:port/` as a browser does, without following redirects, and reads the whole page.
   * @throws NotSeenError where the emulator boots no servers; the system's error when nothing answers
   */
  readonly visit: (
    host: string,
    port: number,
    options?: VisitOptions,
  ) => Promise<{ readonly status: number }>;
}

export interface VisitOptions {
  /** Default: `/`. */
  readonly path?: string;
  /** Ends the visit. */
  readonly stop?: AbortSignal;
}
