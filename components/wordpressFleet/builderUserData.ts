import type { BuilderData } from "./goldenImage/staging";
import { serverFiles, type ServerFile } from "./server/files";
import { renderFirstBoot, UserDataTooLargeError } from "./server/pack";
import { bundleOf, fetchingUserData } from "./siteContent/bundle";
import { readSiteContent, type SiteContent } from "./siteContent/content";

/**
 * The user data, in EC2's form, that turns a stock Debian instance into the builder of a golden image: the server's files,
 * and the step that bakes, tests, wipes and powers off. It has no settings: settings belong to a server, not to an image.
 * @throws Error when it is larger than EC2's limit of 16 KB
 */
export function renderBuilderUserData(): string {
  return renderFirstBoot("build-image");
}

/**
 * What a builder gets: user data alone without content in `site/`. With content, the files go through an object in S3,
 * because beside the server's files user data has room for some packages' names only.
 * @throws InvalidContentError when the content has mistakes
 */
export function builderData(content: SiteContent | undefined = readSiteContent()): BuilderData {
  if (content === undefined) return renderBuilderUserData();
  const files = withPackages(serverFiles(), content.packages);
  const alone = content.files.length > 0 ? undefined : fitting(files);
  if (alone !== undefined) return alone;
  const object = bundleOf(files, content.files);
  return { object, userData: (url) => fetchingUserData(url, object) };
}

/** User data with these files; `undefined` when EC2 would refuse it. */
function fitting(files: readonly ServerFile[]): string | undefined {
  try {
    return renderFirstBoot("build-image", [], files);
  } catch (error) {
    if (error instanceof UserDataTooLargeError) return undefined;
    throw error;
  }
}

function withPackages(files: readonly ServerFile[], packages: readonly string[]): readonly ServerFile[] {
  return files.map((file) =>
    file.path.endsWith("/packages.txt")
      ? { ...file, content: file.content + packages.map((name) => `${name}\n`).join("") }
      : file,
  );
}
