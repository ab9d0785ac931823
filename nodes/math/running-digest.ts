import { createHash } from 'node:crypto';

/** The SHA-256 of bytes that come piece by piece, in memory that does not grow with them. */
export class RunningDigest {
  readonly #hash = createHash('sha256');
  #bytes = 0;

  add(piece: Uint8Array): void {
    this.#hash.update(piece);
    this.#bytes += piece.length;
  }

  /** Bytes so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** 64 lower-case hexadecimal digits; nothing can be added afterwards. */
  hex(): string {
    return this.#hash.digest('hex');
  }
}
