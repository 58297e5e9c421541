import path from "node:path";

import { passInBoxes } from "../support/inBox";

passInBoxes("machines", () => [path.join(__dirname, "machines.inBox.ts")]);
