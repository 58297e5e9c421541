import type { z } from "zod";

import { administrator } from "./administrator";
import type { Machine } from "./machine";
import { visit, type Answer } from "./visit";

const form = "application/x-www-form-urlencoded";

/** Sends a form as a browser does. */
export async function submit(
  server: Machine,
  path: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return await visit(server, path, {
    method: "POST",
    headers: { "content-type": form, ...headers },
    body: new URLSearchParams(fields).toString(),
  });
}

/** The cookies of a response, as a browser sends them back. */
export function cookiesSetBy(answer: Answer): string {
  const cookies = (answer.headers["set-cookie"] ?? []).map((each) => each.split(";")[0] ?? "");
  return cookies.filter((each) => !each.endsWith("=")).join("; ");
}

/** The administrator, logged in to one server, as a client of WordPress's REST API. */
export class Author {
  private constructor(
    private readonly server: Machine,
    readonly cookies: string,
    private readonly nonce: string,
  ) {}

  static async logIn(server: Machine): Promise<Author> {
    const { username, password } = administrator;
    const answer = await submit(
      server,
      "/wp-login.php",
      { log: username, pwd: password },
      { cookie: "wordpress_test_cookie=WP%20Cookie%20check" },
    );
    const cookies = cookiesSetBy(answer);
    if (answer.status !== 302) throw new Error(`The login answers ${answer.status}.`);
    const nonce = await visit(server, "/wp-admin/admin-ajax.php?action=rest-nonce", {
      headers: { cookie: cookies },
    });
    return new Author(server, cookies, nonce.text.trim());
  }

  async get<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    return schema.parse(await this.ask(path, "GET"));
  }

  async post<T>(path: string, fields: Readonly<Record<string, unknown>>, schema: z.ZodType<T>): Promise<T> {
    return schema.parse(await this.ask(path, "POST", fields));
  }

  /** Moves the post to the trash, as the list of posts does. */
  async trash(path: string): Promise<void> {
    await this.ask(`${path}?_method=DELETE`, "POST");
  }

  private async ask(path: string, method: "GET" | "POST", fields?: object): Promise<unknown> {
    const answer = await visit(this.server, `/wp-json/wp/v2/${path}`, {
      method,
      headers: { cookie: this.cookies, "x-wp-nonce": this.nonce, "content-type": "application/json" },
      ...(fields === undefined ? {} : { body: JSON.stringify(fields) }),
    });
    if (answer.status >= 300) throw new Error(`${method} ${path} answers ${answer.status}: ${answer.text}`);
    return JSON.parse(answer.text);
  }
}
