import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { z } from "zod";

import { renderBuilderUserData } from "../../../components/wordpressFleet/builderUserData";
import type { Image } from "../../../localAws/live/images/image";
import type { Images } from "../../../localAws/live/images/images";
import { keyOf } from "../../../localAws/live/images/layer";
import { startTestEmulator } from "../../support/emulator";
import { keepTemporaryFilesInMemory } from "../support/temporaryFiles";
import { accountId, databaseHost, fileSystemHost, region, site } from "./addresses";
import { administrator } from "./administrator";
import { makeBrowserNetwork } from "./browser";
import { LabDatabase } from "./database";
import { LabLoadBalancer } from "./loadBalancer";
import { Machine } from "./machine";
import { LabRegion } from "./region";
import { LabSes } from "./ses";
import { labUserData } from "./userData";

export const databaseUser = "wpadmin";
const mainSite = "wordpress";

const login = z.strictObject({ username: z.string(), password: z.string() });

/** A secret in the form that RDS uses. */
export type Login = Readonly<z.output<typeof login>>;

interface ServerOptions {
  readonly name: string;
  /** Number of its address on the network, from 0. */
  readonly index: number;
  readonly image?: "stock" | "baked";
  /** Invalid settings that replace the rendered ones. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Default: the main site's. The servers of other databases share a login that is never rotated. */
  readonly databaseName?: string;
  /** Default: the lab's administrator. */
  readonly adminSecretArn?: string;
  readonly diskMiB?: number;
}

interface Arns {
  readonly mainLogin: string;
  readonly otherLogin: string;
  readonly administrator: string;
}

/** All services that a fleet needs, in this process's namespaces. */
export class Lab {
  private baked: Image | undefined;

  private constructor(
    readonly database: LabDatabase,
    readonly balancer: LabLoadBalancer,
    readonly ses: LabSes,
    private readonly secrets: SecretsManagerClient,
    private readonly images: Images,
    private readonly regionOfLab: LabRegion,
    private readonly arns: Arns,
  ) {}

  static async make(images: Images): Promise<Lab> {
    await keepTemporaryFilesInMemory();
    const emulator = await startTestEmulator();
    const ses = new LabSes();
    const regionOfLab = await LabRegion.open(
      images,
      ["a", "b"],
      async (metadata) => await ses.serve(emulator.endpoint, (token) => metadata.secretOf(token)),
    );
    await makeBrowserNetwork(regionOfLab);
    const database = await LabDatabase.make(images.infra, regionOfLab);
    const secrets = new SecretsManagerClient(emulator.clientConfig(accountId, region));
    const mainLogin: Login = { username: databaseUser, password: `p$a"s's\\w0rd %{}&` };
    const otherLogin: Login = { username: "others", password: "never rotated" };
    for (const { username, password } of [mainLogin, otherLogin]) {
      await database.setPassword(username, password);
    }
    await database.create(mainSite);
    const arns = {
      mainLogin: await createSecret(secrets, "rds-db-lab", mainLogin),
      otherLogin: await createSecret(secrets, "rds-db-others", otherLogin),
      administrator: await createSecret(secrets, "administrator", administrator),
    };
    return new Lab(database, new LabLoadBalancer(regionOfLab), ses, secrets, images, regionOfLab, arns);
  }

  /** Creates a server of the fleet, which is off. */
  async server(options: ServerOptions): Promise<Machine> {
    const { name, index, image = "baked", settings = {}, databaseName = mainSite } = options;
    if (this.baked === undefined) throw new Error("There is no baked image.");
    const userData = labUserData({
      image: image === "stock" ? "bootstrap" : "existing",
      settings: {
        databaseAddress: databaseHost,
        databasePort: 3306,
        databaseName,
        databaseSecretArn: databaseName === mainSite ? this.arns.mainLogin : this.arns.otherLogin,
        region,
        siteUrl: `https://${site}`,
        uploads: fileSystemHost,
        siteTitle: "Lab site",
        adminEmail: "admin@lab.test",
        adminSecretArn: options.adminSecretArn ?? this.arns.administrator,
        // A server from plain Debian installs its packages.
        internet: image === "stock",
      },
      spoiledSettings: settings,
    });
    return await Machine.make(this.regionOfLab, {
      name,
      index,
      side: image === "stock" ? "public" : "closed",
      image: image === "stock" ? this.images.stock : this.baked,
      userData,
      ...(options.diskMiB === undefined ? {} : { diskMiB: options.diskMiB }),
    });
  }

  /** Changes with the content of the golden image. */
  get bakedKey(): string {
    return keyOf(this.images.packages.key, renderBuilderUserData());
  }

  /** Creates the machine that bakes the golden image, with exactly the program's user data; it is off. */
  async builder(index: number, name = "builder"): Promise<Machine> {
    return await Machine.make(this.regionOfLab, {
      name,
      index,
      side: "public",
      image: this.images.packages,
      userData: Buffer.from(renderBuilderUserData(), "base64"),
      diskMiB: 2_048,
    });
  }

  /** Sets the layer that a builder has baked as the image of new servers. */
  useBaked(layer: string): void {
    this.baked = { layers: [layer, ...this.images.packages.layers], key: this.bakedKey };
  }

  /** Adds a secret. @returns its ARN */
  async addSecret(name: string, content: Login): Promise<string> {
    return await createSecret(this.secrets, name, content);
  }

  /** Adds a secret without a value. @returns its ARN */
  async addEmptySecret(name: string): Promise<string> {
    return await createSecret(this.secrets, name);
  }

  async readSecret(arn: string): Promise<Login> {
    const { SecretString } = await this.secrets.send(new GetSecretValueCommand({ SecretId: arn }));
    return login.parse(JSON.parse(SecretString ?? "null"));
  }

  /** Changes the secret. The caller also changes the database's password. */
  async setSecret(login: Login): Promise<void> {
    await this.secrets.send(
      new PutSecretValueCommand({ SecretId: this.arns.mainLogin, SecretString: JSON.stringify(login) }),
    );
  }
}

async function createSecret(secrets: SecretsManagerClient, name: string, content?: Login): Promise<string> {
  const { ARN } = await secrets.send(
    new CreateSecretCommand({
      Name: name,
      SecretString: content === undefined ? undefined : JSON.stringify(content),
    }),
  );
  if (ARN === undefined) throw new Error(`The emulator returned no ARN for the secret ${name}.`);
  return ARN;
}
