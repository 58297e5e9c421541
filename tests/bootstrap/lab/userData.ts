import { gunzipSync, gzipSync } from "node:zlib";
import { z } from "zod";

import { compressUserData, packServerFiles } from "../../../components/wordpressFleet/server/pack";
import { renderUserData, type UserDataArgs } from "../../../components/wordpressFleet/userData";

const cloudConfig = z.looseObject({
  write_files: z.array(z.looseObject({ path: z.string(), content: z.string() })),
  runcmd: z.array(z.array(z.string())).optional(),
  bootcmd: z.array(z.string()).optional(),
});

export interface LabUserData extends UserDataArgs {
  /** PEM, in place of the authority that signs RDS's certificates. */
  readonly databaseAuthority: string;
  /** Lines that the settings have in the lab only, or otherwise: the emulator's address, what a scenario spoils. */
  readonly extraSettings: Readonly<Record<string, string>>;
  /** apt's proxy, for a stock machine. */
  readonly aptProxy?: string;
}

function aptProxyFile(proxy: string) {
  return { path: "/etc/apt/apt.conf.d/90lab-proxy", content: `Acquire::http::Proxy "${proxy}";\n` };
}

/** What makes a stock machine the builder of an image. */
export function builderUserData(aptProxy: string): Buffer {
  const server = packServerFiles();
  const config = {
    write_files: [server.file, aptProxyFile(aptProxy)],
    runcmd: [server.command("build-image")],
  };
  return Buffer.from(compressUserData(`#cloud-config\n${JSON.stringify(config)}`), "base64");
}

/**
 * The very user data that the component renders, but for what cannot be the same here: who signs the database's
 * certificate, and where AWS is.
 */
export function labUserData({ databaseAuthority, extraSettings, aptProxy, ...args }: LabUserData): Buffer {
  const text = gunzipSync(Buffer.from(renderUserData(args), "base64")).toString();
  const [first = "", ...rest] = text.split("\n");
  if (first !== "#cloud-config")
    throw new Error(`The user data begins with ${first}, not with #cloud-config.`);
  const config = cloudConfig.parse(JSON.parse(rest.join("\n")));
  const files = config.write_files.map((file) => {
    if (file.path.endsWith("/database-ca.pem")) return { ...file, content: databaseAuthority };
    if (!file.path.endsWith("/settings.env")) return file;
    const names = Object.keys(extraSettings);
    const kept = file.content
      .split("\n")
      .filter((line) => !names.some((name) => line.startsWith(`${name}=`)));
    const lines = [
      ...kept.filter((line) => line !== ""),
      ...names.map((name) => `${name}=${extraSettings[name] ?? ""}`),
    ];
    return { ...file, content: `${lines.join("\n")}\n` };
  });
  const proxy = aptProxy === undefined ? [] : [aptProxyFile(aptProxy)];
  return gzipSync(`#cloud-config\n${JSON.stringify({ ...config, write_files: [...files, ...proxy] })}`);
}
