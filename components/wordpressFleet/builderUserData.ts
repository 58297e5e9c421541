import { renderFirstBoot } from "./server/pack";

/**
 * The user data that makes a stock machine the builder of a golden image, as EC2 takes it: the server's files, and
 * the step that bakes, tests, wipes and powers off. No settings: those are of a server, not of an image.
 * @throws Error when it is over EC2's 16 KB
 */
export function renderBuilderUserData(): string {
  return renderFirstBoot("build-image");
}
