"use strict";
// For a process that runs one program after another, never two at once. Pulumi's SDK tells programs apart by an
// AsyncLocalStorage, for which Node 20 and 22 follow each of the thousands of promises that a program makes.

let current;

/** Where the SDK looks for one; it makes its own where there is none yet. */
global.asyncLocalStorage = {
  run(store, callback, ...args) {
    current = store;
    return callback(...args);
  },
  getStore: () => current,
};
