import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** How a machine last ended, and what is left of it. Its folder remembers that it powered itself off. */
export class PowerState {
  /** EC2 shows a running instance, but there is no image to boot. */
  isRecordOnly = false;
  /** It lost its power, or crashed. */
  isCut = false;
  /** The machine powered itself off, or could not boot; EC2 does not show it yet. */
  offByItself: boolean;
  hasFolder: boolean;
  private readonly offFile: string;

  constructor(
    private readonly folder: string,
    /** Number of the instance's reboots that were done. */
    public reboots: number,
  ) {
    this.offFile = join(folder, "off");
    this.offByItself = existsSync(this.offFile);
    this.hasFolder = existsSync(folder);
  }

  /** Whether it powered itself off at its last end, also after EC2 shows it. */
  get endedByItself(): boolean {
    return existsSync(this.offFile);
  }

  boots(reboots: number): void {
    mkdirSync(this.folder, { recursive: true });
    rmSync(this.offFile, { force: true });
    this.hasFolder = true;
    this.isCut = false;
    this.reboots = reboots;
  }

  powersOffByItself(): void {
    this.offByItself = true;
    writeFileSync(this.offFile, "");
  }

  /** EC2 shows that the machine is off: however it ended, it boots at the next start. */
  forgetEnd(): void {
    this.offByItself = false;
    this.isCut = false;
  }

  deleteFolder(): void {
    rmSync(this.folder, { recursive: true, force: true });
    this.hasFolder = false;
  }
}
