import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from "@aws-sdk/client-secrets-manager";
import { join } from "node:path";
import { z } from "zod";

import { startTestEmulator } from "../../support/emulator";
import type { Images } from "../images/images";
import type { Image } from "../images/layer";
import { run } from "../support/command";
import { labFolder, proxySocket } from "../support/folders";
import { relay } from "../support/relay";
import { addresses, databaseHost, fileSystemHost, region, serverAddress, site } from "./addresses";
import { makeAuthority, type Authority } from "./authority";
import { startFileSystem } from "./fileSystem";
import { LabDatabase, LabLoadBalancer } from "./infra";
import { Machine } from "./machine";
import { startMetadata } from "./metadata";
import { makeNetwork } from "./network";
import { builderUserData, labUserData } from "./userData";

const accountId = "123456789012";

/** The first administrator of every site in the lab, with all that a password may hold. */
export const administrator = { username: "admin", password: `adm'1n "pw" $HOME \\ end` } as const;
export const databaseUser = "wpadmin";

const login = z.strictObject({ username: z.string(), password: z.string() });

/** A secret of RDS's form. */
export type Login = Readonly<z.output<typeof login>>;

interface ServerOptions {
  readonly name: string;
  /** 0 and on; its place on the network. */
  readonly index: number;
  readonly image?: "stock" | "baked" | Image;
  readonly settings?: Readonly<Record<string, string>>;
  readonly databaseName?: string;
  /** PEM; the lab's own when left out. */
  readonly databaseAuthority?: string;
  readonly diskMiB?: number;
}

/** Everything that a fleet stands on, in namespaces of this process. */
export class Lab {
  private constructor(
    readonly database: LabDatabase,
    readonly balancer: LabLoadBalancer,
    private readonly secrets: SecretsManagerClient,
    private readonly images: Images,
    private readonly amazon: Authority,
    private readonly endpoint: string,
    private readonly aptProxy: string,
    private readonly arns: { readonly database: string; readonly administrator: string },
  ) {}

  static async make(images: Images): Promise<Lab> {
    await run(["mkdir", "-p", labFolder]);
    await run(["mount", "-t", "tmpfs", "tmpfs", labFolder]);
    await makeNetwork();
    const [amazon, emulator, forApt] = await Promise.all([
      makeAuthority("Amazon"),
      startTestEmulator(),
      relay(addresses.router, { path: proxySocket }),
      startMetadata(accountId),
    ]);
    const [forDatabase, forSite, forFileSystem] = [
      await amazon.issue(databaseHost),
      await amazon.issue(site),
      await amazon.issue(fileSystemHost),
    ];
    const [database, balancer, forAws] = await Promise.all([
      LabDatabase.make(images.infra, forDatabase),
      LabLoadBalancer.make(images.infra, forSite, [
        { name: "a", address: serverAddress(0) },
        { name: "b", address: serverAddress(1) },
      ]),
      relay(addresses.router, { host: "127.0.0.1", port: Number(new URL(emulator.endpoint).port) }),
      startFileSystem(forFileSystem),
    ]);
    const secrets = new SecretsManagerClient(emulator.clientConfig(accountId, region));
    const databaseLogin: Login = { username: databaseUser, password: `p$a"s's\\w0rd %{}&` };
    await database.setPassword(databaseUser, databaseLogin.password);
    await database.create("wordpress");
    const arns = {
      database: await createSecret(secrets, "rds!db-lab", databaseLogin),
      administrator: await createSecret(secrets, "administrator", administrator),
    };
    const endpoint = `http://${addresses.router}:${forAws.port}`;
    const aptProxy = `http://${addresses.router}:${forApt.port}`;
    return new Lab(database, balancer, secrets, images, amazon, endpoint, aptProxy, arns);
  }

  /** A server of the fleet, still off. */
  async server(options: ServerOptions): Promise<Machine> {
    const { name, index, image = "baked", settings = {}, databaseName = "wordpress" } = options;
    const userData = labUserData({
      image: image === "stock" ? "bootstrap" : "existing",
      settings: {
        databaseAddress: databaseHost,
        databasePort: 3306,
        databaseName,
        databaseSecretArn: this.arns.database,
        region,
        siteUrl: `https://${site}`,
        uploads: fileSystemHost,
        siteTitle: "Lab site",
        adminEmail: "admin@lab.test",
        adminSecretArn: this.arns.administrator,
      },
      databaseAuthority: options.databaseAuthority ?? this.amazon.certificate,
      extraSettings: {
        AWS_ENDPOINT_URL: this.endpoint,
        ...settings,
      },
      ...(image === "stock" ? { aptProxy: this.aptProxy } : {}),
    });
    return await Machine.make({
      name,
      address: serverAddress(index),
      image: typeof image === "string" ? this.images[image] : image,
      userData,
      trusted: this.amazon.certificate,
      ...(options.diskMiB === undefined ? {} : { diskMiB: options.diskMiB }),
    });
  }

  /** A machine that makes an image of itself, still off. */
  async builder(name: string, index: number): Promise<Machine> {
    return await Machine.make({
      name,
      address: serverAddress(index),
      image: this.images.stock,
      userData: builderUserData(this.aptProxy),
      trusted: "",
      diskMiB: 2_048,
    });
  }

  /** The image that a machine's disk has become. */
  imageOf(machine: Machine): Image {
    const { layers, key } = this.images.stock;
    return { layers: [join(labFolder, machine.name, "upper"), ...layers], key: `${key}-${machine.name}` };
  }

  /** Another secret. @returns its ARN */
  async addSecret(name: string, content: Login): Promise<string> {
    return await createSecret(this.secrets, name, content);
  }

  /** A secret without a value. @returns its ARN */
  async addEmptySecret(name: string): Promise<string> {
    return await createSecret(this.secrets, name);
  }

  async readSecret(arn: string): Promise<Login> {
    const { SecretString } = await this.secrets.send(new GetSecretValueCommand({ SecretId: arn }));
    return login.parse(JSON.parse(SecretString ?? "null"));
  }

  /** Changes the secret; the database has to be told as well. */
  async setSecret(login: Login): Promise<void> {
    await this.secrets.send(
      new PutSecretValueCommand({ SecretId: this.arns.database, SecretString: JSON.stringify(login) }),
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
  if (ARN === undefined) throw new Error(`The emulator gave no ARN for the secret ${name}.`);
  return ARN;
}
