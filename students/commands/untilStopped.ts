/** Waits until the user stops the command. A signal alone keeps no process alive; a timer does. */
export async function untilStopped(stop: AbortSignal): Promise<void> {
  if (stop.aborted) return;
  const alive = setInterval(() => undefined, 60_000);
  await new Promise<void>((resolve) => {
    stop.addEventListener("abort", () => {
      resolve();
    });
  });
  clearInterval(alive);
}
