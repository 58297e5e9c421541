import type { Command } from "./commandLine";
import type { Pack } from "../policies/support/pack";
import type { Context } from "./context";

export declare const loadCommand: Readonly<Record<Command, () => (context: Context) => Promise<void>>>;
export declare function loadEngine(): typeof import("./engine");

export declare function loadAnalyzer(): (typeof import("./pulumi/analyzer.cjs"))["serveAnalyzer"];
/** The pack that a folder's `pack.ts` declares. */
export declare function loadPack(folder: string): Pack;

export declare function loadProgram(): typeof import("../index");
export declare function loadCatalogue(): (typeof import("./providers/aws/catalogue"))["catalogue"];
export declare function loadBuilderUserData(): (typeof import("../components/wordpressFleet/builderUserData"))["renderBuilderUserData"];
