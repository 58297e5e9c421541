import { renderFirstBoot } from "./server/pack";

/**
 * The user data, in EC2's form, that turns a stock Debian instance into the builder of a golden image: the server's files,
 * and the step that bakes, tests, wipes and powers off. It has no settings: settings belong to a server, not to an image.
 * @throws Error when it is larger than EC2's limit of 16 KB
 */
export function renderBuilderUserData(): string {
  return renderFirstBoot("build-image");
}
