import path from "node:path";

import { passInBoxes } from "../support/inBox";

passInBoxes("EFS and AWS's endpoints", () => [path.join(__dirname, "endpoints.inBox.ts")]);
