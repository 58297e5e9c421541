import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { join } from "node:path";
import { z } from "zod";

import { renderBuilderUserData } from "../../../components/wordpressFleet/builderUserData";
import { makeCgroups } from "../../../localAws/live/box/cgroupPlace";
import { openCgroups, type Cgroups } from "../../../localAws/live/box/cgroups";
import type { Image } from "../../../localAws/live/images/image";
import type { Images } from "../../../localAws/live/images/images";
import { keyOf } from "../../../localAws/live/images/layer";
import { relay } from "../../../localAws/live/images/relay";
import { Authority } from "../../../localAws/live/services/authority";
import { startTestEmulator } from "../../support/emulator";
import { cgroupPrefix, labFolder, proxySocket } from "../support/folders";
import { keepTemporaryFilesInMemory } from "../support/temporaryFiles";
import {
  accountId,
  addresses,
  databaseHost,
  fileSystemHost,
  region,
  secretsManagerHost,
  serverAddress,
  sesHost,
  site,
  trustStoreHost,
} from "./addresses";
import { administrator } from "./administrator";
import { makeBrowserNetwork } from "./browser";
import { LabDatabase } from "./database";
import { startFileSystem } from "./fileSystem";
import { LabLoadBalancer } from "./loadBalancer";
import { Machine } from "./machine";
import { startMetadata } from "./metadata";
import { makeNetwork } from "./network";
import { startResolver } from "./resolver";
import { startSecretsManager } from "./secretsManager";
import { LabSes } from "./ses";
import { startTrustStore } from "./trustStore";
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
    private readonly amazon: Authority,
    private readonly aptProxy: string,
    private readonly arns: Arns,
    private readonly cgroups: Cgroups,
  ) {}

  static async make(images: Images): Promise<Lab> {
    await keepTemporaryFilesInMemory();
    await makeNetwork();
    await makeBrowserNetwork();
    const [amazon, emulator, forApt] = await Promise.all([
      Authority.open(join(labFolder, "authority")),
      startTestEmulator(),
      relay(addresses.router, { path: proxySocket }),
      startMetadata(),
      startResolver(),
    ]);
    const [forDatabase, forSite, forFileSystem, forSecrets, forSes, forTrustStore] = [
      await amazon.issue([databaseHost]),
      await amazon.issue([site]),
      await amazon.issue([fileSystemHost]),
      await amazon.issue([secretsManagerHost]),
      await amazon.issue([sesHost]),
      await amazon.issue([trustStoreHost]),
    ];
    const [database, balancer, ses] = await Promise.all([
      LabDatabase.make(images.infra, forDatabase),
      LabLoadBalancer.make(images.infra, forSite, [
        { name: "a", address: serverAddress(0) },
        { name: "b", address: serverAddress(1) },
      ]),
      LabSes.start(forSes),
      startSecretsManager(forSecrets, emulator.endpoint),
      startTrustStore(forTrustStore, amazon.certificate),
      startFileSystem(forFileSystem),
    ]);
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
    const { unified, cpu } = makeCgroups(`${cgroupPrefix}${process.ppid}-${Date.now()}`);
    const cgroups = openCgroups({ cgroup: unified ?? null, cpuCgroup: cpu ?? null });
    const aptProxy = `http://${addresses.router}:${forApt.port}`;
    return new Lab(database, balancer, ses, secrets, images, amazon, aptProxy, arns, cgroups);
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
        // Nothing in the lab has a route to the internet. Only the settings of a server from plain Debian state that
        // there is one.
        internet: image === "stock",
      },
      spoiledSettings: settings,
    });
    return await Machine.make({
      name,
      address: serverAddress(index),
      image: image === "stock" ? this.images.stock : this.baked,
      userData,
      trusted: this.amazon.certificate,
      cgroups: this.cgroups,
      ...(image === "stock" ? { aptProxy: this.aptProxy } : {}),
      ...(options.diskMiB === undefined ? {} : { diskMiB: options.diskMiB }),
    });
  }

  /** Changes with the content of the golden image. */
  get bakedKey(): string {
    return keyOf(this.images.packages.key, renderBuilderUserData());
  }

  /** Creates the machine that bakes the golden image, with exactly the program's user data; it is off. */
  async builder(index: number, name = "builder"): Promise<Machine> {
    return await Machine.make({
      name,
      address: serverAddress(index),
      image: this.images.packages,
      userData: Buffer.from(renderBuilderUserData(), "base64"),
      trusted: this.amazon.certificate,
      cgroups: this.cgroups,
      aptProxy: this.aptProxy,
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
