import type { Exception } from "../exceptions/exception";
import { controlsOf, frameworkNames, frameworks } from "../frameworks/controls";
import { levelText, type Level } from "../levels/level";
import type { Pack } from "../support/pack";
import { qualifiedName } from "../support/qualifiedName";
import type { Rule } from "../support/rule";

/** What applies to a rule besides its text. */
interface Applying {
  readonly level: Level | undefined;
  readonly exceptions: readonly Exception[];
}

/** All that is known about a rule, as `--explain --json` prints it. */
export type Explanation = ReturnType<typeof explanation>;

export function explanation(
  pack: Pick<Pack, "name" | "displayName">,
  rule: Rule,
  { level, exceptions }: Applying,
) {
  const { displayName, description, why, severity, remediationSteps, url, topics, settings } = rule;
  const controls = controlsOf(rule);
  return {
    rule: qualifiedName(pack.name, rule.name),
    pack: pack.displayName,
    ...{ displayName, description, why, severity, topics, url },
    fix: remediationSteps,
    remediates: "remediateResource" in rule,
    level: level === undefined ? rule.enforcementLevel : levelText(level),
    settings: Object.entries(settings).map(([name, setting]) => ({
      ...{ name, default: setting.default, allowed: setting.allowed },
      description: setting.schema.description,
    })),
    controls: frameworkNames
      .map((name) => ({ framework: frameworks[name].title, controls: controls[name] }))
      .filter((each) => each.controls.length > 0),
    exceptions: exceptions.map(({ stack, resource, at, until, reason, owner, line }) => ({
      ...{ stack, resource, at, until, reason, owner, line },
    })),
  };
}

/** The text of `--explain`. */
export function explainRule(facts: Explanation): string {
  const { rule, displayName, severity, level, fix, remediates, why, description, url, topics } = facts;
  const settings = facts.settings.map(
    ({ name, default: value, description: text }) => `${name} = ${JSON.stringify(value)}: ${text}`,
  );
  const controls = facts.controls.map(({ framework, controls: ids }) => `${framework}: ${ids.join(", ")}`);
  const exceptions = facts.exceptions.map(
    ({ line, stack, resource, until, reason }) =>
      `line ${String(line)}: ${resource} in ${stack} until ${until}, because ${reason}`,
  );
  return [
    `${rule}: ${displayName}`,
    `${description} ${why}`,
    `Fix: ${fix}${remediates ? " With the level remediate, the rule does this itself." : ""}`,
    `Severity: ${severity}. Level: ${level}. Topics: ${topics.join(", ")}.`,
    ...section("Settings", settings),
    ...section("Controls", controls),
    ...section("Exceptions", exceptions),
    `Source: ${url}`,
  ].join("\n\n");
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [[`${title}:`, ...lines.map((line) => `  ${line}`)].join("\n")];
}
