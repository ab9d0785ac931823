/**
 * Mean rescaled range (R/S) of the whole segments of one length in a moving window, counted from its oldest row. Each
 * segment is worked out once, from its own rows alone, when it is first asked for.
 */
export class RescaledRanges {
  readonly #room: number;
  readonly #starts: Int32Array;
  readonly #ratios: Float64Array;
  /** Sum and number of the segments of a window that only grows. */
  #done = 0;
  #sum = 0;
  #usable = 0;

  /** @param window  rows; Infinity for a window that always begins at row 0. */
  constructor(
    readonly x: Readonly<Float64Array>,
    readonly length: number,
    readonly window: number,
  ) {
    this.#room = Number.isFinite(window) ? Math.min(window, x.length) : 0;
    this.#starts = new Int32Array(this.#room).fill(-1);
    this.#ratios = new Float64Array(this.#room);
  }

  /** Over the rows from `first` until before `end`; NaN where fewer than two segments fit or none has any spread. */
  meanOver(first: number, end: number): number {
    const segments = Math.floor((end - first) / this.length);
    if (segments < 2) return Number.NaN;
    if (this.#room === 0) return this.#grown(segments);
    let sum = 0;
    let usable = 0;
    for (let k = 0; k < segments; k += 1) {
      const ratio = this.#ratioFrom(first + k * this.length);
      if (Number.isNaN(ratio)) continue;
      sum += ratio;
      usable += 1;
    }
    return sum / usable;
  }

  #grown(segments: number): number {
    for (; this.#done < segments; this.#done += 1) {
      const start = this.#done * this.length;
      const ratio = rescaledRange(this.x, start, start + this.length);
      if (Number.isNaN(ratio)) continue;
      this.#sum += ratio;
      this.#usable += 1;
    }
    return this.#sum / this.#usable;
  }

  #ratioFrom(start: number): number {
    const at = start % this.#room;
    if (this.#starts[at] !== start) {
      this.#starts[at] = start;
      this.#ratios[at] = rescaledRange(this.x, start, start + this.length);
    }
    return this.#ratios[at] ?? Number.NaN;
  }
}

/** Range of the summed deviations from the mean over the (population) deviation; NaN where all known values are equal. */
function rescaledRange(x: Readonly<Float64Array>, from: number, to: number): number {
  const { origin, mean, known } = meanOf(x, from, to);
  let sum = 0;
  let low = 0;
  let high = 0;
  let squares = 0;
  for (let i = from; i < to; i += 1) {
    const v = x[i] ?? Number.NaN;
    if (Number.isNaN(v)) continue;
    const d = v - origin - mean;
    sum += d;
    squares += d * d;
    // Without a branch, which a processor would guess wrong at every new extreme.
    low = Math.min(low, sum);
    high = Math.max(high, sum);
  }
  return (high - low) / Math.sqrt(squares / known);
}

/** The first known value, and the mean distance from it: exactly 0 where all are equal. */
function meanOf(x: Readonly<Float64Array>, from: number, to: number) {
  let known = 0;
  let away = 0;
  let origin = Number.NaN;
  for (let i = from; i < to; i += 1) {
    const v = x[i] ?? Number.NaN;
    if (Number.isNaN(v)) continue;
    if (known === 0) origin = v;
    known += 1;
    away += v - origin;
  }
  return { origin, mean: away / known, known };
}
