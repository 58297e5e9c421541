export { accountStack } from "./account";
export { type LocalStacksOptions, localStacks } from "./local/stacks";
export { followAsText } from "./text/follow";
export { type LocalPageOptions, startLocalPage } from "./local/start";
export { type Action, type Actions } from "./server/actions";
export { defaultPagePort, type PageServer, type PageStack, type Stacks, startPage } from "./server/server";
