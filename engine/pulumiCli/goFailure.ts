import { Failure } from "../../cli/failure";

/** The fix that needs no Go. */
export const installInstead = "install Pulumi (https://www.pulumi.com/docs/install/)";

/** The known facts about a failed Go command. */
export interface FailedGo {
  /** The last lines that it printed. */
  readonly lines: readonly string[];
  /** The signal that ended it. */
  readonly signal: NodeJS.Signals | null;
  readonly folder: string;
  readonly version: string;
  readonly neededVersion: string;
  readonly proxy: string;
  readonly memoryBytes: number;
}

interface Reason {
  readonly pattern: RegExp;
  readonly failure: (line: string, go: FailedGo) => readonly [problem: string, remedy: string];
}

/**
 * The first pattern that matches a line is the reason: a full disk, for example, also breaks connections and
 * compilers.
 */
const reasons: readonly Reason[] = [
  {
    pattern: /no space left on device|disk quota exceeded/i,
    failure: (line, { folder }) => [
      `The disk was full while the Pulumi CLI was built in ${folder}: ${line}.`,
      `Free disk space, or set XDG_CACHE_HOME to a folder on a larger disk; or ${installInstead}.`,
    ],
  },
  {
    pattern: /signal: killed|out of memory|cannot allocate memory/i,
    failure: (line, { memoryBytes }) => [
      `The memory was too small to build the Pulumi CLI: ${line}. This machine has ${(memoryBytes / 1e9).toFixed(1)} GB, and the compiler needs up to 3 GB.`,
      `Close other programs or add swap space, then run the command again; or ${installInstead}.`,
    ],
  },
  {
    pattern: /requires go >= |toolchain not available|invalid go version/,
    failure: (line, { version, neededVersion }) => [
      `Go is too old to build the Pulumi CLI: it needs Go ${neededVersion}, and this machine has ${version}, which could not download it: ${line}.`,
      `Install Go ${neededVersion} or later (https://go.dev/dl/); or ${installInstead}.`,
    ],
  },
  {
    pattern: /disabled by GOPROXY=off/,
    failure: (line) => [
      `Go must not download the modules of the Pulumi CLI, because GOPROXY is off: ${line}.`,
      `Set GOPROXY to a proxy, e.g. https://proxy.golang.org; or ${installInstead}.`,
    ],
  },
  {
    pattern:
      /dial tcp|no such host|connection (?:refused|reset)|i\/o timeout|deadline exceeded|TLS handshake|tls: |x509: |network is unreachable|proxyconnect|unexpected EOF|: \d{3} [A-Z]/,
    failure: (line, { proxy }) => [
      `Go could not download the modules of the Pulumi CLI from ${proxy}: ${line}.`,
      `Check that this machine reaches that address, or set GOPROXY to a proxy that it reaches; or ${installInstead}.`,
    ],
  },
];

/** The failure of a Go command, with the reason that its output gives. */
export function goFailure(go: FailedGo): Failure {
  const lines = go.signal === "SIGKILL" ? [...go.lines, "go: signal: killed"] : go.lines;
  for (const { pattern, failure } of reasons) {
    const line = lines.find((each) => pattern.test(each));
    if (line !== undefined) return new Failure(...failure(withoutCredentials(line.trim()), go));
  }
  const end = lines.slice(-3).map(withoutCredentials).join("; ");
  const printed = end === "" ? `Go ended with ${go.signal ?? "an error"} and printed nothing` : end;
  return new Failure(
    `The Pulumi CLI could not be built with ${go.version}: ${printed}.`,
    `To continue, ${installInstead}.`,
  );
}

/** A proxy's address may contain a password. */
function withoutCredentials(line: string): string {
  return line.replaceAll(/\/\/[^/@\s]*@/g, "//");
}
