import type { Memory } from './op.js';
import type { Series } from './types.js';

type Buffer = Float64Array | Uint8Array;

/** Bytes a pool keeps of either type: more than a symbol-year of 5-minute bars and the widest formula need. */
const MOST = 1 << 26;

/**
 * Hands out result buffers and takes back those nobody needs any more: a program of hundreds of steps touches few. The latest
 * to come back goes out first, as it is the likeliest to be in the cache still. Where there are too many, those of a length
 * that has not been asked for longest are let go.
 */
export class Pool implements Memory {
  readonly #numbers = new Shelves<Float64Array>((rows) => new Float64Array(rows));
  readonly #flags = new Shelves<Uint8Array>((rows) => new Uint8Array(rows));

  numbers(rows: number): Float64Array {
    return this.#numbers.take(rows);
  }

  flags(rows: number): Uint8Array {
    return this.#flags.take(rows);
  }

  /** Take back a result that this pool handed out and that nothing reads any more. */
  give(series: Series): void {
    if (series.type === 'number') this.#numbers.keep(series.data);
    else if (series.type === 'boolean') this.#flags.keep(series.data);
  }
}

/** Buffers of one type by their length, the length that was asked for last at the end. */
class Shelves<B extends Buffer> {
  readonly #byLength = new Map<number, B[]>();
  #bytes = 0;

  constructor(readonly make: (rows: number) => B) {}

  take(rows: number): B {
    const found = this.#byLength.get(rows)?.pop();
    if (found === undefined) return this.make(rows);
    this.#bytes -= found.byteLength;
    return found;
  }

  keep(buffer: B): void {
    const same = this.#byLength.get(buffer.length) ?? [];
    this.#byLength.delete(buffer.length);
    this.#byLength.set(buffer.length, same);
    same.push(buffer);
    this.#bytes += buffer.byteLength;
    for (const [length, buffers] of this.#byLength) {
      if (this.#bytes <= MOST) return;
      this.#bytes -= buffers.reduce((sum, { byteLength }) => sum + byteLength, 0);
      this.#byLength.delete(length);
    }
  }
}
