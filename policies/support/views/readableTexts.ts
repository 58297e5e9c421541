import { judgeAt, judgeAtAll, type JudgeValue } from "../propertyPaths";
import type { AnyResource } from "../resourceTypes";
import { judgeEach } from "../unknown";

/** User data, scripts, inputs and definitions, which everyone who may describe the resource can read. */
const textPaths: Readonly<Record<string, readonly string[]>> = {
  "aws:amplify/app:App": ["buildSpec"],
  "aws:appconfig/hostedConfigurationVersion:HostedConfigurationVersion": ["content"],
  "aws:apprunner/service:Service": [
    "sourceConfiguration.imageRepository.imageConfiguration.startCommand",
    "sourceConfiguration.codeRepository.codeConfiguration.codeConfigurationValues.buildCommand",
    "sourceConfiguration.codeRepository.codeConfiguration.codeConfigurationValues.startCommand",
  ],
  "aws:cloudfront/function:Function": ["code"],
  "aws:cloudwatch/eventTarget:EventTarget": ["input", "inputTransformer.inputTemplate"],
  "aws:codebuild/project:Project": ["source.buildspec", "secondarySources[].buildspec"],
  "aws:ec2/instance:Instance": ["userData", "userDataBase64"],
  "aws:ec2/launchConfiguration:LaunchConfiguration": ["userData", "userDataBase64"],
  "aws:ec2/launchTemplate:LaunchTemplate": ["userData"],
  "aws:ec2/spotFleetRequest:SpotFleetRequest": ["launchSpecifications[].userData"],
  "aws:ec2/spotInstanceRequest:SpotInstanceRequest": ["userData", "userDataBase64"],
  "aws:emr/cluster:Cluster": ["configurations", "configurationsJson"],
  "aws:imagebuilder/component:Component": ["data"],
  "aws:imagebuilder/containerRecipe:ContainerRecipe": ["dockerfileTemplateData"],
  "aws:imagebuilder/imageRecipe:ImageRecipe": ["userDataBase64"],
  "aws:lightsail/instance:Instance": ["userData"],
  "aws:pipes/pipe:Pipe": ["targetParameters.inputTemplate"],
  "aws:s3/bucketObject:BucketObject": ["content", "contentBase64"],
  "aws:s3/bucketObjectv2:BucketObjectv2": ["content", "contentBase64"],
  "aws:sagemaker/notebookInstanceLifecycleConfiguration:NotebookInstanceLifecycleConfiguration": [
    "onCreate",
    "onStart",
  ],
  "aws:scheduler/schedule:Schedule": ["target.input"],
  "aws:sfn/stateMachine:StateMachine": ["definition"],
  "aws:ssm/document:Document": ["content"],
};

/** Commands whose words are a list. */
const commandPaths: Readonly<Record<string, readonly string[]>> = {
  "aws:emr/cluster:Cluster": ["steps[].hadoopJarStep.args", "bootstrapActions[].args"],
};

/** Variables as a map of names and values. */
const mapPaths: Readonly<Record<string, readonly string[]>> = {
  "aws:codepipeline/pipeline:Pipeline": ["stages[].actions[].configuration"],
  "aws:batch/jobDefinition:JobDefinition": ["parameters"],
  "aws:apigatewayv2/stage:Stage": ["stageVariables"],
  "aws:apigateway/stage:Stage": ["variables"],
  "aws:amplify/app:App": ["environmentVariables"],
  "aws:amplify/branch:Branch": ["environmentVariables"],
  "aws:apprunner/service:Service": [
    "sourceConfiguration.imageRepository.imageConfiguration.runtimeEnvironmentVariables",
    "sourceConfiguration.codeRepository.codeConfiguration.codeConfigurationValues.runtimeEnvironmentVariables",
  ],
  "aws:bedrock/agentcoreAgentRuntime:AgentcoreAgentRuntime": ["environmentVariables"],
  "aws:cloudformation/stack:Stack": ["parameters"],
  "aws:glue/connection:Connection": ["connectionProperties"],
  "aws:glue/job:Job": ["defaultArguments", "nonOverridableArguments"],
  "aws:kinesisanalyticsv2/application:Application": [
    "applicationConfiguration.environmentProperties.propertyGroups[].propertyMap",
  ],
  "aws:lambda/function:Function": ["environment.variables"],
  "aws:lightsail/containerServiceDeploymentVersion:ContainerServiceDeploymentVersion": [
    "containers[].environment",
  ],
  "aws:mwaa/environment:Environment": ["airflowConfigurationOptions"],
  "aws:sagemaker/model:Model": ["primaryContainer.environment", "containers[].environment"],
  "aws:sagemaker/trainingJob:TrainingJob": ["environment"],
  "aws:ssm/association:Association": ["parameters"],
  "aws:synthetics/canary:Canary": ["runConfig.environmentVariables"],
};

/** Variables as a list of objects with a name and a value. */
const listPaths: Readonly<Record<string, readonly string[]>> = {
  "aws:batch/jobDefinition:JobDefinition": [
    "eksProperties.podProperties.containers[].envs[]",
    "eksProperties.podProperties.initContainers[].envs[]",
  ],
  "aws:codebuild/project:Project": ["environment.environmentVariables[]"],
  "aws:ecs/daemonTaskDefinition:DaemonTaskDefinition": ["containerDefinitions[].environments[]"],
  "aws:ecs/expressGatewayService:ExpressGatewayService": ["primaryContainer.environments[]"],
  "aws:elasticbeanstalk/configurationTemplate:ConfigurationTemplate": ["settings[]"],
  "aws:elasticbeanstalk/environment:Environment": ["settings[]"],
  "aws:pipes/pipe:Pipe": [
    "targetParameters.batchJobParameters.containerOverrides.environments[]",
    "targetParameters.ecsTaskParameters.overrides.containerOverrides[].environments[]",
  ],
};

/** Containers in JSON, at any depth, with such a list as their `environment`, and with their commands. */
const containerPaths: Readonly<Record<string, readonly string[]>> = {
  "aws:batch/jobDefinition:JobDefinition": ["containerProperties", "ecsProperties", "nodeProperties"],
  "aws:cloudwatch/eventTarget:EventTarget": ["input", "inputTransformer.inputTemplate"],
  "aws:ecs/taskDefinition:TaskDefinition": ["containerDefinitions"],
  "aws:scheduler/schedule:Schedule": ["target.input"],
};

const parameterType = "aws:ssm/parameter:Parameter";

/** Whether a type has text or variables that AWS shows. */
export function hasReadableText(type: string): boolean {
  return (
    type === parameterType ||
    [textPaths, commandPaths, mapPaths, listPaths, containerPaths].some((paths) => Object.hasOwn(paths, type))
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
    return judgeEach(Object.keys(map), (name) => {
      const value: unknown = Reflect.get(map, name);
      // CodePipeline has the variables of a build as such a list, in JSON.
      const list = typeof value === "string" && value.trim().startsWith("[") ? parsed(value) : undefined;
      if (Array.isArray(list)) return judgeEach(list, (item) => named(item, `${at}.${name}`));
      return typeof value === "string" ? variable(name, value, `${at}.${name}`) : [];
    });
  };
  const inCommand: JudgeValue<Found> = (words, at) => {
    const command = textsOf(words).join(" ");
    return command === "" ? [] : text(command, at);
  };
  const inContainers: JudgeValue<Found> = (json, at) =>
    judgeEach(objectsIn(parsed(json)), (container) =>
      judgeEach(
        [
          () => judgeEach(listOf(container, "environment"), (item) => named(item, at)),
          () => judgeAt(container, "logConfiguration.options", (options) => inMap(options, at)),
          () => inCommand(listOf(container, "entryPoint"), at),
          () => inCommand(listOf(container, "command"), at),
        ],
        (run) => run(),
      ),
    );
  if (type === parameterType) return judgeParameter(props, variable);
  return judgeEach(
    [
      () =>
        judgeAtAll(props, textPaths[type] ?? [], (value, at) =>
          typeof value === "string" ? text(value, at) : [],
        ),
      () => judgeAtAll(props, commandPaths[type] ?? [], inCommand),
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

function parsed(json: unknown): unknown {
  if (typeof json !== "string") return json;
  try {
    return JSON.parse(json);
  } catch (error) {
    // AWS refuses it itself.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** An object and all objects in it. */
function objectsIn(value: unknown): readonly object[] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inner : [value, ...inner];
}

function textsOf(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.filter((item): item is string => typeof item === "string") : [];
}

function listOf(from: unknown, name: string): readonly unknown[] {
  const value: unknown = typeof from === "object" && from !== null ? Reflect.get(from, name) : undefined;
  return Array.isArray(value) ? value : [];
}

function member(from: unknown, name: string): string | undefined {
  const value: unknown = typeof from === "object" && from !== null ? Reflect.get(from, name) : undefined;
  return typeof value === "string" ? value : undefined;
}
