/** The host process: it runs outside of the box as long as its emulator. `main.ts OPTIONS`; startLive starts it. */
import { messageOf } from "../../../cli/failure";
import { optionsSchema } from "./layout";
import { runHost } from "./run";

const [options] = process.argv.slice(2);
if (options === undefined)
  throw new Error("The host process needs its options as JSON; startLive sets them.");

const stop = new AbortController();
for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.on(signal, () => {
    stop.abort();
  });
}

function log(line: string): void {
  console.log(`${new Date().toISOString()} ${line}`);
}

runHost(optionsSchema.parse(JSON.parse(options)), { log, stop: stop.signal }).then(
  // Connections of browsers would keep this process alive.
  () => process.exit(0),
  (error: unknown) => {
    log(messageOf(error));
    console.error(error);
    process.exit(1);
  },
);
