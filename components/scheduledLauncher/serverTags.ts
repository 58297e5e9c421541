import type { Problem } from "../settings/problem";
import { mostTags } from "../settings/tags";
import { environmentExcess, launchedTags, type EnvironmentParts } from "./environment";
import type { SettledLauncher } from "./settings";

/** The launcher finds its servers again by these tags of its own; lambda/server.ts has their names. */
const launcherTagCount = 5;

/** What is wrong with the tags of the servers, the stack's and their own together. */
export function serverTagProblems(
  settings: SettledLauncher,
  who: Pick<EnvironmentParts<string>, "launcherName" | "owner">,
): readonly Problem[] {
  const tags = launchedTags(settings, who.launcherName);
  const problem = (allowed: string): Problem => ({ path: "serverTags", value: settings.serverTags, allowed });
  const count = Object.keys(tags).length + launcherTagCount;
  const excess = environmentExcess(settings, who);
  return [
    ...(count <= mostTags
      ? []
      : [
          problem(
            `${String(count - mostTags)} tags fewer here or in the stack's tags: with those and the launcher's own, a server would have ${String(count)}, and EC2 takes ${String(mostTags)}`,
          ),
        ]),
    ...(excess === 0
      ? []
      : [
          problem(
            `tags that are ${String(excess)} bytes shorter here or among the stack's tags: the function gets both in its environment, of which Lambda takes 4 KB`,
          ),
        ]),
  ];
}
