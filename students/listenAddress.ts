import { isIP, isIPv6 } from "node:net";

/** An IP address and TCP port to listen on. */
export interface ListenAddress {
  readonly ip: string;
  readonly port: number;
}

/** Where a class reaches the emulator without `--address`: only from this machine. */
export const defaultListenAddress: ListenAddress = { ip: "127.0.0.1", port: 4580 };

/** Parses `192.168.0.10`, `192.168.0.10:4580`, `[fd00::1]:4580` or `fd00::1`; undefined when it is none of them. */
export function parseListenAddress(text: string): ListenAddress | undefined {
  const bracketed = /^\[([^\]]+)\](?::(\d{1,5}))?$/.exec(text);
  const plain = /^([\d.]+):(\d{1,5})$/.exec(text);
  const [, ip = text, port = String(defaultListenAddress.port)] = bracketed ?? plain ?? [];
  const number = Number(port);
  const isPort = number === 0 || (number >= 1_024 && number <= 65_535);
  return isIP(ip) === 0 || !isPort ? undefined : { ip, port: number };
}

/** @param scheme HTTPS with a certificate of the class's own. Default: `http` */
export function urlOf({ ip, port }: ListenAddress, scheme: "http" | "https" = "http"): string {
  return `${scheme}://${isIPv6(ip) ? `[${ip}]` : ip}:${port}`;
}

/** Whether it means every address of the machine, which no other machine can call by it. */
export function isEveryAddress({ ip }: ListenAddress): boolean {
  return ip === "0.0.0.0" || /^[0:]+$/.test(ip);
}
