/**
 * A time shortly ahead that AWS reads before it comes: later on a machine where a call takes longer.
 *
 * @param call one like the call that gets the time
 */
export async function soon(call: () => Promise<unknown>): Promise<Date> {
  const begin = performance.now();
  await call();
  const milliseconds = performance.now() - begin;
  return new Date(Date.now() + leastMilliseconds + 10 * milliseconds);
}

const leastMilliseconds = 1_500;
