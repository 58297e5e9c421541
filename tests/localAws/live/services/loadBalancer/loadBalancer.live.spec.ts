import path from "node:path";

import { isFirst } from "../../support/identity";
import { passInBoxes } from "../../support/inBox";

passInBoxes("load balancers", (identity) =>
  isFirst(identity) ? [path.join(__dirname, "inBox/loadBalancer.inBox.ts")] : [],
);
