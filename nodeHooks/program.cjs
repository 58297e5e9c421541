"use strict";
// What `Pulumi.yaml` has Node load before the program.

require("./register.cjs");
require("../engine/patches/tracelessPromises.cjs");
require("../engine/patches/packageTraces.ts");
