import { judgeAt, judgeAtAll, type JudgeValue } from "../propertyPaths";
import type { AnyResource } from "../resourceTypes";
import { judgeEach } from "../unknown";

/** User data and scripts, which everyone who may describe the resource can read. */
const textPaths: Readonly<Record<string, readonly string[]>> = {
  "aws:ec2/instance:Instance": ["userData", "userDataBase64"],
  "aws:ec2/launchConfiguration:LaunchConfiguration": ["userData", "userDataBase64"],
  "aws:ec2/launchTemplate:LaunchTemplate": ["userData"],
  "aws:ec2/spotFleetRequest:SpotFleetRequest": ["launchSpecifications[].userData"],
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest": ["userData", "userDataBase64"],
  "aws:imagebuilder/component:Component": ["data"],
  "aws:lightsail/instance:Instance": ["userData"],
  "aws:ssm/document:Document": ["content"],
};

/** Variables as a map of names and values. */
const mapPaths: Readonly<Record<string, readonly string[]>> = {
  "aws:amplify/app:App": ["environmentVariables"],
  "aws:amplify/branch:Branch": ["environmentVariables"],
  "aws:apprunner/service:Service": [
    "sourceConfiguration.imageRepository.imageConfiguration.runtimeEnvironmentVariables",
    "sourceConfiguration.codeRepository.codeConfiguration.codeConfigurationValues.runtimeEnvironmentVariables",
  ],
  "aws:glue/job:Job": ["defaultArguments"],
  "aws:lambda/function:Function": ["environment.variables"],
};

/** Variables as a list of objects with a name and a value. */
const listPaths: Readonly<Record<string, readonly string[]>> = {
  "aws:codebuild/project:Project": ["environment.environmentVariables[]"],
  "aws:elasticbeanstalk/environment:Environment": ["settings[]"],
};

/** Containers in JSON, with such a list as their `environment`. */
const containerPaths: Readonly<Record<string, readonly string[]>> = {
  "aws:batch/jobDefinition:JobDefinition": ["containerProperties"],
  "aws:ecs/taskDefinition:TaskDefinition": ["containerDefinitions"],
};

const parameterType = "aws:ssm/parameter:Parameter";

/** Whether a type has text or variables that AWS shows. */
export function hasReadableText(type: string): boolean {
  return (
    type === parameterType ||
    [textPaths, mapPaths, listPaths, containerPaths].some((paths) => Object.hasOwn(paths, type))
  );
}

/** How a rule judges a text, and a variable by its name and value. */
export interface ReadableJudge<Found> {
  readonly text: (text: string, at: string) => Iterable<Found>;
  readonly variable: (name: string, value: string, at: string) => Iterable<Found>;
}

/** Judges all text and all variables of a resource that AWS shows. */
export function judgeReadable<Found>(
  { type, props }: AnyResource,
  { text, variable }: ReadableJudge<Found>,
): Iterable<Found> {
  const named: JudgeValue<Found> = (item, at) => {
    const [name, value] = [member(item, "name"), member(item, "value")];
    // CodeBuild reads the others from Parameter Store and Secrets Manager.
    const isPlain = [undefined, "PLAINTEXT"].includes(member(item, "type"));
    return isPlain && name !== undefined && value !== undefined ? variable(name, value, `${at}.value`) : [];
  };
  const inMap: JudgeValue<Found> = (map, at) => {
    if (typeof map !== "object" || map === null) return [];
    return judgeEach(Object.keys(map), (name) =>
      judgeAt(map, name.includes(".") ? "" : name, (value) =>
        typeof value === "string" ? variable(name, value, `${at}.${name}`) : [],
      ),
    );
  };
  const inContainers: JudgeValue<Found> = (json, at) =>
    judgeEach(containersIn(json), (container) =>
      judgeEach(listOf(container, "environment"), (item) => named(item, at)),
    );
  if (type === parameterType) return judgeParameter(props, variable);
  return judgeEach(
    [
      () =>
        judgeAtAll(props, textPaths[type] ?? [], (value, at) =>
          typeof value === "string" ? text(value, at) : [],
        ),
      () => judgeAtAll(props, mapPaths[type] ?? [], inMap),
      () => judgeAtAll(props, listPaths[type] ?? [], named),
      () => judgeAtAll(props, containerPaths[type] ?? [], inContainers),
    ],
    (run) => run(),
  );
}

/** A parameter that is not a SecureString is not encrypted. */
function judgeParameter<Found>(props: object, variable: ReadableJudge<Found>["variable"]): Iterable<Found> {
  if (member(props, "type") === "SecureString") return [];
  const name = (member(props, "name") ?? "").split("/").at(-1) ?? "";
  return judgeAtAll(props, ["value", "insecureValue"], (value, at) =>
    typeof value === "string" ? variable(name, value, at) : [],
  );
}

function containersIn(json: unknown): readonly unknown[] {
  if (typeof json !== "string") return [];
  try {
    const parsed: unknown = JSON.parse(json);
    return Array.isArray(parsed) ? parsed : [parsed];
  } catch (error) {
    // AWS refuses it itself.
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

function listOf(from: unknown, name: string): readonly unknown[] {
  const value: unknown = typeof from === "object" && from !== null ? Reflect.get(from, name) : undefined;
  return Array.isArray(value) ? value : [];
}

function member(from: unknown, name: string): string | undefined {
  const value: unknown = typeof from === "object" && from !== null ? Reflect.get(from, name) : undefined;
  return typeof value === "string" ? value : undefined;
}
