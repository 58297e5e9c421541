import type { Problem } from "../settings/problem";
import { mostTags } from "../settings/tags";
import { environmentExcess, launchedTags, type EnvironmentParts } from "./environment";
import type { SettledLauncher } from "./settings";

/** The launcher's own tags on its servers, by which it finds them; lambda/server.ts has their names. */
const launcherTagCount = 5;

/** The problems of the servers' tags: those of the stack and of `serverTags` together. */
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
