export { type Gateway, type Key, startGateway } from "./gateway";
