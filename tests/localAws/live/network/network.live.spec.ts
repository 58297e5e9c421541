import path from "node:path";

import { isFirst } from "../support/identity";
import { passInBoxes } from "../support/inBox";

const files = ["network", "services", "changes"];

passInBoxes("the network", (identity) =>
  // The kernel applies rules to packets in the same way for every user who starts the box.
  [...files, ...(isFirst(identity) ? ["rules"] : [])].map((file) => path.join(__dirname, `${file}.inBox.ts`)),
);
