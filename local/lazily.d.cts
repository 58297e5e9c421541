import type { Command } from "./commandLine";
import type { Context } from "./context";

export declare const loadCommand: Readonly<Record<Command, () => (context: Context) => Promise<void>>>;
export declare function loadEngine(): typeof import("./engine");

export declare function loadProgram(): typeof import("../index");
export declare function loadCatalogue(): (typeof import("./providers/aws/catalogue"))["catalogue"];
export declare function loadBuilderUserData(): (typeof import("../components/wordpressFleet/builderUserData"))["renderBuilderUserData"];
