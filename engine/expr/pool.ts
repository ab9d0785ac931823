import type { Memory } from './op.js';
import type { Series } from './types.js';

/**
 * Hands out result buffers and takes back those nobody needs any more: a program of hundreds of steps touches few. The latest
 * to come back goes out first, as it is the likeliest to be in the cache still.
 */
export class Pool implements Memory {
  readonly #numbers = new Map<number, Float64Array[]>();
  readonly #flags = new Map<number, Uint8Array[]>();

  numbers(rows: number): Float64Array {
    return this.#numbers.get(rows)?.pop() ?? new Float64Array(rows);
  }

  flags(rows: number): Uint8Array {
    return this.#flags.get(rows)?.pop() ?? new Uint8Array(rows);
  }

  /** Take back a result that this pool handed out and that nothing reads any more. */
  give(series: Series): void {
    if (series.type === 'number') keep(this.#numbers, series.data);
    else if (series.type === 'boolean') keep(this.#flags, series.data);
  }
}

function keep<Buffer extends Float64Array | Uint8Array>(
  pool: Map<number, Buffer[]>,
  buffer: Buffer,
): void {
  const same = pool.get(buffer.length);
  if (same === undefined) pool.set(buffer.length, [buffer]);
  else same.push(buffer);
}
