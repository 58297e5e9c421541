import path from "node:path";

import { isFirst } from "../support/identity";
import { passInBoxes } from "../support/inBox";

passInBoxes("databases", (identity) =>
  isFirst(identity) ? [path.join(__dirname, "database.inBox.ts")] : [],
);
