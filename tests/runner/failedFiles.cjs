"use strict";
// Mocha's default reporter, which also writes the spec files with a failure, one a line, to the file that the environment
// names. A failure of a crashed process has its file in the error.

const { reporters, Runner } = require("mocha");
const { writeFileSync } = require("node:fs");

/** The name of the variable with the file's path. */
const variable = "WORDPRESS_ON_AWS_FAILED_FILES";

class FailedFiles extends reporters.Spec {
  /**
   * @param {import("mocha").Runner} runner
   * @param {import("mocha").MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    /** @type {Set<string>} */
    const failed = new Set();
    runner.on(
      Runner.constants.EVENT_TEST_FAIL,
      /** @type {(test: import("mocha").Test, error: unknown) => void} */
      (test, error) => {
        failed.add(test.file ?? fileOf(error));
      },
    );
    runner.once(Runner.constants.EVENT_RUN_END, () => {
      const target = process.env[variable];
      if (target !== undefined) writeFileSync(target, [...failed].map((file) => `${file}\n`).join(""));
    });
  }
}

/**
 * @param {unknown} error
 * @returns {string}
 */
function fileOf(error) {
  const file = typeof error === "object" && error !== null && "file" in error ? error.file : undefined;
  return typeof file === "string" ? file : "an unknown file";
}

module.exports = FailedFiles;
