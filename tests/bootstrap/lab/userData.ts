import { gunzipSync, gzipSync } from "node:zlib";
import { z } from "zod";

import { renderUserData, type UserDataArgs } from "../../../components/wordpressFleet/userData";

const cloudConfig = z.looseObject({
  write_files: z.array(z.looseObject({ path: z.string(), content: z.string() })),
});

export interface LabUserData extends UserDataArgs {
  /** Settings that a scenario makes invalid; default: none. */
  readonly spoiledSettings: Readonly<Record<string, string>>;
}

/** The user data that the component renders, with the scenario's invalid settings. */
export function labUserData({ spoiledSettings, ...args }: LabUserData): Buffer {
  const text = gunzipSync(Buffer.from(renderUserData(args), "base64")).toString();
  const [first = "", ...rest] = text.split("\n");
  if (Object.keys(spoiledSettings).length === 0) return gzipSync(text);
  if (first !== "#cloud-config")
    throw new Error(`The user data begins with ${first}, not with #cloud-config.`);
  const config = cloudConfig.parse(JSON.parse(rest.join("\n")));
  const files = config.write_files.map((file) => {
    if (file.path.endsWith("/settings.env"))
      return { ...file, content: withSettings(file.content, spoiledSettings) };
    return file;
  });
  return gzipSync(`#cloud-config\n${JSON.stringify({ ...config, write_files: files })}`);
}

/** A settings file with some of its lines replaced. */
export function withSettings(content: string, settings: Readonly<Record<string, string>>): string {
  const names = Object.keys(settings);
  const kept = content.split("\n").filter((line) => !names.some((name) => line.startsWith(`${name}=`)));
  const lines = [
    ...kept.filter((line) => line !== ""),
    ...names.map((name) => `${name}=${settings[name] ?? ""}`),
  ];
  return `${lines.join("\n")}\n`;
}
