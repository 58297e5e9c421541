import { parseArgs } from "node:util";

import { runClock } from "./loop";

const { values } = parseArgs({
  options: { endpoint: { type: "string" }, id: { type: "string" } },
});
if (values.endpoint === undefined || values.id === undefined) {
  throw new Error("The clock needs --endpoint and --id; startClock gives them.");
}

runClock({
  endpoint: values.endpoint,
  id: values.id,
  log: (line) => {
    console.log(`${new Date().toISOString()} ${line}`);
  },
}).then(
  // What is still on its way to a target that answers no more would keep this process.
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
