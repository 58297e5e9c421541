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

/** The system's code when nothing answered at all. */
function unreachable(error: Error): string | undefined {
  const code = "code" in error ? error.code : undefined;
  return typeof code === "string" && /^E[A-Z]+$/.test(code) ? code : undefined;
}
