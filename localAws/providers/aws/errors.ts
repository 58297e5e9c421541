/** Which call an error of AWS's answers: the SDK does not say it in the error. */
const calls = new WeakMap<object, string>();

/** Remembers that `error` came from the SDK's command, e.g. `CreateVpcCommand`. */
export function noteCall(error: unknown, commandName: unknown): void {
  if (typeof error !== "object" || error === null || typeof commandName !== "string") return;
  calls.set(error, commandName.replace(/Command$/, ""));
}

/** A sentence for the person who runs it: which call, AWS's code, AWS's message. */
export function sentence(error: unknown, endpoint: string): string {
  if (!(error instanceof Error)) return String(error);
  const call = calls.get(error);
  if (call === undefined) return error.message;
  const reason = unreachable(error);
  if (reason !== undefined) {
    return `${call} got no answer from ${endpoint} (${reason}). Is the emulator running?`;
  }
  return `${call} was refused by AWS: ${error.name}: ${error.message}`;
}

/** Why there was no answer, or none to its end: the system's code, or what the SDK says of half an answer. */
function unreachable(error: Error): string | undefined {
  const code = "code" in error ? error.code : undefined;
  if (typeof code === "string" && /^E[A-Z]+$/.test(code)) return code;
  // An emulator that ends while it answers leaves a body that is cut off, or no XML or JSON any more.
  if (error.message === "aborted" || error.name === "SyntaxError") return error.message;
  return error.cause instanceof Error ? unreachable(error.cause) : undefined;
}
