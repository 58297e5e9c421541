import { InvalidInputError, type Problem } from "./problems";

/** The settings that the function was deployed with. An event may lower their limits but not raise them. */
export interface Settings {
  /** The value of the servers' owner tag. */
  readonly owner: string;
  readonly imageId: string;
  /** Device name of the image's root volume, which the launcher encrypts. */
  readonly rootDeviceName: string;
  readonly instanceType: string;
  readonly keyPairName: string | undefined;
  /** Number of servers that one launch starts. */
  readonly serverCount: number;
  /** Number of servers of the launcher that may run at once. */
  readonly maxRunningServers: number;
  /** How long after its planned time a server expires. */
  readonly timeToLiveMinutes: number;
  /** How long after its planned time a launch may still start. */
  readonly maxLatenessSeconds: number;
  /** A launch spreads its servers over these subnets. */
  readonly subnetIds: readonly string[];
  readonly securityGroupIds: readonly string[];
  readonly serverTags: Readonly<Record<string, string>>;
}

export const instanceTypeForm = /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings from the function's environment variables, e.g. `IMAGE_ID`, `TIME_TO_LIVE_MINUTES`. Lists are
 * separated by commas, tags are a JSON object.
 * @throws InvalidInputError that lists every variable that is wrong or missing.
 */
export function readSettings(environment: Environment): Settings {
  const reader = new EnvironmentReader(environment);
  const settings: Settings = {
    owner: reader.text("OWNER", /^.{1,256}$/, "1 to 256 characters"),
    imageId: reader.text("IMAGE_ID", /^ami-[0-9a-f]+$/, "an AMI id"),
    rootDeviceName: reader.text("ROOT_DEVICE_NAME", /^\/?[\w/-]+$/, "a device name, e.g. /dev/xvda"),
    instanceType: reader.text("INSTANCE_TYPE", instanceTypeForm, "an EC2 instance type, e.g. t3.micro"),
    keyPairName: environment["KEY_PAIR_NAME"],
    serverCount: reader.number("SERVER_COUNT"),
    maxRunningServers: reader.number("MAX_RUNNING_SERVERS"),
    timeToLiveMinutes: reader.number("TIME_TO_LIVE_MINUTES"),
    maxLatenessSeconds: reader.number("MAX_LATENESS_SECONDS"),
    subnetIds: reader.list("SUBNET_IDS", /^subnet-[0-9a-f]+$/, "subnet ids"),
    securityGroupIds: reader.list("SECURITY_GROUP_IDS", /^sg-[0-9a-f]+$/, "security group ids"),
    serverTags: reader.tags("SERVER_TAGS"),
  };
  if (reader.problems.length === 0) return settings;
  throw new InvalidInputError(
    "The function's environment variables are wrong. Run pulumi up to deploy it again",
    reader.problems,
  );
}

/** Continues after a wrong variable, to report all of them at once. */
class EnvironmentReader {
  readonly problems: Problem[] = [];

  constructor(private readonly environment: Environment) {}

  text(name: string, form: RegExp, allowed: string): string {
    const value = this.environment[name];
    if (value !== undefined && form.test(value)) return value;
    this.problems.push({ path: name, value, allowed });
    return "";
  }

  number(name: string): number {
    return Number(this.text(name, /^[1-9]\d{0,6}$/, "a whole number of 1 or more"));
  }

  list(name: string, form: RegExp, allowed: string): readonly string[] {
    const values = this.environment[name]?.split(",") ?? [];
    if (values.length > 0 && values.every((value) => form.test(value))) return values;
    this.problems.push({
      path: name,
      value: this.environment[name],
      allowed: `${allowed}, separated by commas`,
    });
    return [];
  }

  tags(name: string): Readonly<Record<string, string>> {
    const value = this.environment[name];
    const tags = parseJson(value ?? "");
    if (isTags(tags)) return tags;
    this.problems.push({ path: name, value, allowed: 'a JSON object of strings, e.g. {"Team":"web"}' });
    return {};
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isTags(value: unknown): value is Readonly<Record<string, string>> {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((tag) => typeof tag === "string")
  );
}
