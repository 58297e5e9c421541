/** What a visitor on the internet sees. On the emulator: what the emulator's internet has. */
export interface Internet {
  /**
   * The IPv4 addresses of a name, sorted; none when the name does not exist.
   * @throws NotSeenError when there is no resolver
   */
  readonly resolve: (name: string) => Promise<readonly string[]>;
  /**
   * Requests an `http:` or `https:` URL as a browser does, without following redirects, and reads the whole page. A
   * certificate that a browser refuses does not end the visit: {@link Answer.untrusted} has the reason.
   * @throws NotSeenError where the emulator boots no servers; the system's error when nothing answers
   */
  readonly visit: (url: URL, options?: VisitOptions) => Promise<Answer>;
}

/** The answer to one request. */
export interface Answer {
  readonly status: number;
  /** The header `Location`: where a redirect leads. */
  readonly location?: string | undefined;
  /** Why a browser refuses the certificate, as OpenSSL's code, e.g. `DEPTH_ZERO_SELF_SIGNED_CERT`. */
  readonly untrusted?: string | undefined;
}

export interface VisitOptions {
  /** The host to connect to, in place of the URL's: the site of a name is then asked at its load balancer. */
  readonly at?: string | undefined;
  /** Ends the visit. */
  readonly stop?: AbortSignal | undefined;
}
