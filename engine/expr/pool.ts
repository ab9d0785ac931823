import type { Memory } from './op.js';
import type { Series } from './types.js';

/** Hands out result buffers and takes back those nobody needs any more: a program of hundreds of steps touches few. */
export class Pool implements Memory {
  readonly #numbers: Float64Array[] = [];
  readonly #flags: Uint8Array[] = [];

  numbers(rows: number): Float64Array {
    const at = this.#numbers.findIndex((buffer) => buffer.length === rows);
    return at < 0
      ? new Float64Array(rows)
      : (this.#numbers.splice(at, 1)[0] ?? new Float64Array(rows));
  }

  flags(rows: number): Uint8Array {
    const at = this.#flags.findIndex((buffer) => buffer.length === rows);
    return at < 0 ? new Uint8Array(rows) : (this.#flags.splice(at, 1)[0] ?? new Uint8Array(rows));
  }

  /** Take back a result that this pool handed out and that nothing reads any more. */
  give(series: Series): void {
    if (series.type === 'number') this.#numbers.push(series.data);
    else if (series.type === 'boolean') this.#flags.push(series.data);
  }
}
