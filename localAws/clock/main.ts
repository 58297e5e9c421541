import { parseArgs } from "node:util";

import { runClock } from "./loop";

const { values } = parseArgs({
  options: { endpoint: { type: "string" }, id: { type: "string" } },
});
if (values.endpoint === undefined || values.id === undefined) {
  throw new Error("The clock needs --endpoint and --id; startClock sets them.");
}

runClock({
  endpoint: values.endpoint,
  id: values.id,
  log: (line) => {
    console.log(`${new Date().toISOString()} ${line}`);
  },
}).then(
  // A pending call to a target that no longer answers would keep this process alive.
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
