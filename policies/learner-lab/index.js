// Written as JavaScript, so that Pulumi does not type-check the pack at every run, which takes seconds;
// `npm test` does.
require("../support/servePack")(__dirname);
