/** SSH public keys, valid and invalid. */
export function keyOf(type: string, fields: readonly Buffer[], inside = type): string {
  const all = [Buffer.from(inside), ...fields].flatMap((field) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(field.length);
    return [length, field];
  });
  return `${type} ${Buffer.concat(all).toString("base64")}`;
}

export const ed25519Key = keyOf("ssh-ed25519", [Buffer.alloc(32, 7)]);

/** An RSA key with a modulus of this many bits, all of them ones. */
export function rsaKey(bits: number): string {
  const modulus = Buffer.alloc(Math.ceil(bits / 8), 255);
  modulus[0] = 2 ** (((bits - 1) % 8) + 1) - 1;
  // A number whose first bit is set would be negative.
  const first = bits % 8 === 0 ? [0] : [];
  return keyOf("ssh-rsa", [Buffer.from([1, 0, 1]), Buffer.concat([Buffer.from(first), modulus])]);
}
