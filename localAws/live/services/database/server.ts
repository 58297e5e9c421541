import type { ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { ended, start, waitFor } from "../../command";
import type { Certificate } from "../authority";
import type { EngineRoot } from "../engineRoot";
import { configurationOf, type Files, type Parameters } from "./configuration";
import { copyFolder, pause, readFrom, sizeOf } from "./files";
import { administrator } from "./masterUser";
import { databasesInside, makeEngineFolder } from "./template";

const startSeconds = 120;
const stopSeconds = 60;

/** How a running server is reached and what it serves. */
export interface Running {
  /** The network namespace; `undefined`: this process's. */
  readonly namespace: string | undefined;
  readonly port: number;
  readonly certificate: Certificate;
  readonly parameters: Parameters;
}

/** One instance of MariaDB: a folder with its data, and a process while it is on. */
export class MariaDbServer {
  private process: ChildProcess | undefined;
  private hasAnswered = false;

  /**
   * @param databases the folder of all databases on this machine
   * @param name its folder there
   * @param onExit called when the process ends although no one stopped it, with the reason
   */
  constructor(
    private readonly root: EngineRoot,
    private readonly databases: string,
    private readonly name: string,
    private readonly onExit: (reason: string) => void = () => undefined,
  ) {}

  get isOn(): boolean {
    return this.process !== undefined;
  }

  /** The process, for measurements; `undefined` while it is off. */
  get pid(): number | undefined {
    return this.process?.pid;
  }

  get hasData(): boolean {
    return existsSync(join(this.folder, "data"));
  }

  /** The folder on this machine. */
  get folder(): string {
    return join(this.databases, this.name);
  }

  /** Takes a copy of data, e.g. of a snapshot. A copy that is cut off is not seen later. */
  async adopt(data: string): Promise<void> {
    mkdirSync(this.folder, { recursive: true });
    await copyFolder(data, join(this.folder, "data"));
  }

  /** Starts the process and waits until it answers. @throws with the end of its error log when it ends */
  async start({ namespace, port, certificate, parameters }: Running): Promise<void> {
    if (this.process !== undefined) throw new Error(`The database ${this.name} is already on.`);
    for (const each of ["log", "files"]) await makeEngineFolder(this.root, `${this.name}/${each}`);
    await this.putForEngine("server.crt", certificate.certificate);
    await this.putForEngine("server.key", certificate.key);
    writeFileSync(join(this.folder, "mariadbd.cnf"), configurationOf(this.files, port, parameters));
    const from = sizeOf(this.errorLog);
    const child = start(
      this.root.command(
        ["mariadbd", `--defaults-file=${this.files.folder}/mariadbd.cnf`, "--user=mysql"],
        namespace,
      ),
      join(this.folder, "process.log"),
      this.root.environment,
    );
    this.process = child;
    this.hasAnswered = false;
    child.once("error", (error) => {
      this.exited(child, error.message);
    });
    child.once("exit", (code, signal) => {
      this.exited(child, signal ?? `exit code ${code ?? "unknown"}`);
    });
    await waitFor(`the database ${this.name} answers`, startSeconds, () => {
      if (this.process !== child) return true;
      return readFrom(this.errorLog, from).includes("ready for connections") ? true : undefined;
    });
    if (this.process !== child) throw new Error(`MariaDB ended at its start: ${this.lastErrors(from)}`);
    this.hasAnswered = true;
  }

  /** Ends the process cleanly. */
  async stop(): Promise<void> {
    await this.end("SIGTERM");
  }

  /** Ends the process at once, as a lost host does. The next start recovers the data. */
  async crash(): Promise<void> {
    await this.end("SIGKILL");
  }

  /** Runs SQL as RDS's administrator, without a network. @returns rows with columns separated by tabs */
  async sql(statements: string): Promise<string> {
    const options = [`--socket=${this.files.socket}`, `--user=${administrator}`, "--skip-ssl"];
    // Through the standard input: other processes see the arguments of a process.
    return await this.root.run(
      ["mariadb", "--no-defaults", ...options, "--batch", "--raw", "--skip-column-names"],
      statements,
    );
  }

  /** Copies the data as it is at one moment. The server stops its work meanwhile, as RDS suspends I/O. */
  async copyTo(folder: string): Promise<void> {
    const { process } = this;
    if (process?.pid !== undefined) await pause(process.pid);
    try {
      await copyFolder(join(this.folder, "data"), folder);
    } finally {
      process?.kill("SIGCONT");
    }
  }

  /** Deletes the data of a server that is off. */
  delete(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  get errorLog(): string {
    return join(this.folder, "log/error.log");
  }

  private get files(): Files {
    return { folder: `${databasesInside}/${this.name}`, socket: `/run/mysqld/${this.name}.sock` };
  }

  private async end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    const child = this.process;
    if (child === undefined) return;
    this.process = undefined;
    child.kill(signal);
    const late = setTimeout(() => child.kill("SIGKILL"), stopSeconds * 1_000);
    await ended(child);
    clearTimeout(late);
  }

  private exited(child: ChildProcess, reason: string): void {
    if (this.process !== child) return;
    this.process = undefined;
    if (this.hasAnswered) this.onExit(reason);
  }

  private lastErrors(from: number): string {
    const lines = readFrom(this.errorLog, from).split("\n");
    const errors = lines.filter((line) => line.includes("[ERROR]"));
    const output =
      errors.length > 0 ? errors : readFileSync(join(this.folder, "process.log"), "utf8").split("\n");
    return output
      .filter((line) => line !== "")
      .slice(-3)
      .join("; ");
  }

  /** Puts a file that only the engine reads. */
  private async putForEngine(name: string, content: string): Promise<void> {
    const file = join(this.folder, `${name}.new`);
    writeFileSync(file, content, { mode: 0o600 });
    const inside = `${this.files.folder}/${name}`;
    await this.root.run(["install", "-o", "mysql", "-g", "mysql", "-m", "0400", `${inside}.new`, inside]);
    rmSync(file);
  }
}
