export { type Gateway, type Key, startGateway } from "./gateway";
export { jsonPage, noPage, type Page, pagePrefix, type Pages } from "./pages";
