"use strict";
// Does what Lambda's Node.js runtime does around a handler: reads one event from standard input, and writes the
// outcome to a file descriptor of its own; everything printed is a log line. A byte on a second descriptor reports
// that the code is loaded and the call's time begins.
const fs = require("node:fs");
const path = require("node:path");
const { pathToFileURL } = require("node:url");
const util = require("node:util");

const { event, requestId, functionArn, timeoutSeconds } = JSON.parse(fs.readFileSync(0, "utf8"));
const outcomeDescriptor = Number(process.env["OVERLAY_OUTCOME"]);
const readyDescriptor = Number(process.env["OVERLAY_READY"]);
delete process.env["OVERLAY_OUTCOME"];
delete process.env["OVERLAY_READY"];
let deadline = Infinity;
const { _HANDLER: handlerName = "", LAMBDA_TASK_ROOT: root = "", ...environment } = process.env;

const asJson = environment["AWS_LAMBDA_LOG_FORMAT"] === "JSON";
/** @type {readonly ("debug" | "error" | "info" | "log" | "trace" | "warn")[]} */
const levels = ["debug", "error", "info", "log", "trace", "warn"];
for (const level of levels) {
  const name = level === "log" ? "INFO" : level.toUpperCase();
  /** @param {unknown[]} parts */
  console[level] = (...parts) => {
    const timestamp = new Date().toISOString();
    const text = asJson
      ? JSON.stringify({
          timestamp,
          level: name,
          requestId,
          message: parts.length === 1 ? parts[0] : util.format(...parts),
        })
      : `${timestamp}\t${requestId}\t${name}\t${util.format(...parts).replaceAll("\n", "\r")}`;
    process.stdout.write(`${text}\n`);
  };
}

const context = {
  awsRequestId: requestId,
  functionName: environment["AWS_LAMBDA_FUNCTION_NAME"],
  functionVersion: environment["AWS_LAMBDA_FUNCTION_VERSION"],
  invokedFunctionArn: functionArn,
  memoryLimitInMB: environment["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"],
  logGroupName: environment["AWS_LAMBDA_LOG_GROUP_NAME"],
  logStreamName: environment["AWS_LAMBDA_LOG_STREAM_NAME"],
  callbackWaitsForEmptyEventLoop: true,
  getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
};

/**
 * @param {unknown} outcome
 * @param {number} status
 */
function finish(outcome, status) {
  fs.writeSync(outcomeDescriptor, JSON.stringify(outcome));
  process.exit(status);
}

/** @param {unknown} error */
function fail(error) {
  const known = error instanceof Error;
  const outcome = {
    errorType: known ? error.name : typeof error,
    errorMessage: known ? error.message : String(error),
    trace: known ? (error.stack ?? "").split("\n") : [],
  };
  console.error("Invoke Error", JSON.stringify(outcome));
  finish(outcome, 1);
}

/** @returns {Promise<Function>} the handler */
async function load() {
  const dot = handlerName.lastIndexOf(".");
  const [module, name] = [handlerName.slice(0, dot), handlerName.slice(dot + 1)];
  const file = [".js", ".mjs", ".cjs"]
    .map((end) => path.join(root, module + end))
    .find((it) => fs.existsSync(it));
  if (file === undefined) {
    throw Object.assign(new Error(`Cannot find module '${module}'`), { name: "Runtime.ImportModuleError" });
  }
  const loaded = await import(pathToFileURL(file).href);
  const handler = loaded[name] ?? loaded.default?.[name];
  if (typeof handler !== "function") {
    const error = new Error(`${handlerName} is undefined or not exported`);
    throw Object.assign(error, { name: "Runtime.HandlerNotFound" });
  }
  fs.writeSync(readyDescriptor, ".");
  fs.closeSync(readyDescriptor);
  deadline = Date.now() + timeoutSeconds * 1000;
  return handler;
}

// A killed emulator cannot end its functions: a function ends itself when it has lost its parent.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) process.exit(1);
}, 500).unref();

process.on("uncaughtException", fail);
process.on("unhandledRejection", fail);
load()
  .then(
    (handler) =>
      new Promise((resolve, reject) => {
        /** @type {(error: unknown, result: unknown) => void} */
        const callback = (error, result) => {
          if (error !== undefined && error !== null) reject(error);
          else resolve(result);
        };
        const answer = handler(event, context, callback);
        if (handler.length < 3) resolve(answer);
        else if (typeof answer?.then === "function") answer.then(resolve, reject);
      }),
  )
  .then((result) => {
    finish(result === undefined ? null : result, 0);
  }, fail);
