/** Bits in DEFLATE's order: the lowest bit of a byte first. */
export class BitWriter {
  private readonly bytes: number[] = [];
  private pending = 0;
  private pendingBits = 0;

  /** A number, its lowest bit first. */
  number(value: number, bits: number): void {
    for (let bit = 0; bit < bits; bit += 1) this.bit((value >>> bit) & 1);
  }

  /** A Huffman code, its highest bit first. */
  code(code: number, bits: number): void {
    for (let bit = bits - 1; bit >= 0; bit -= 1) this.bit((code >>> bit) & 1);
  }

  finish(): Uint8Array {
    while (this.pendingBits !== 0) this.bit(0);
    return Uint8Array.from(this.bytes);
  }

  private bit(bit: number): void {
    this.pending |= bit << this.pendingBits;
    this.pendingBits += 1;
    if (this.pendingBits < 8) return;
    this.bytes.push(this.pending);
    this.pending = 0;
    this.pendingBits = 0;
  }
}
