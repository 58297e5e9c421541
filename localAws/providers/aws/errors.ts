/** The call that caused an error of AWS. The SDK's error does not contain it. */
const calls = new WeakMap<object, string>();

/** Records that the SDK's command, e.g. `CreateVpcCommand`, caused the error. */
export function noteCall(error: unknown, commandName: unknown): void {
  if (typeof error !== "object" || error === null || typeof commandName !== "string") return;
  calls.set(error, commandName.replace(/Command$/, ""));
}

/** A sentence for the user: the call, AWS's code and AWS's message. */
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

/** Why there was no complete response: the system's code, or the SDK's error for an incomplete response. */
function unreachable(error: Error): string | undefined {
  const code = "code" in error ? error.code : undefined;
  if (typeof code === "string" && /^E[A-Z]+$/.test(code)) return code;
  // An emulator that ends during a response leaves an incomplete body, or invalid XML or JSON.
  if (error.message === "aborted" || error.name === "SyntaxError") return error.message;
  return error.cause instanceof Error ? unreachable(error.cause) : undefined;
}
