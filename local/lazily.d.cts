import type { Command } from "./commandLine";
import type { Context } from "./context";

export declare const loadCommand: Readonly<Record<Command, () => (context: Context) => Promise<void>>>;
export declare function loadEngine(): typeof import("./engine");
