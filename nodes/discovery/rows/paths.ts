/** Decisions that were traded, in order of time, in the direction of their positions. */
export interface Paths {
  readonly days: Int32Array;
  readonly gross: Float64Array;
  /** 0 where a filter leaves it out. */
  readonly kept: Uint8Array;
  /** Best and worst that was seen while held, fractions of the entry: usually above and below 0. */
  readonly favourable: Float64Array;
  readonly adverse: Float64Array;
  /** The usual range of a bar, a fraction of the entry. */
  readonly range: Float64Array;
}

/** Room for so many. */
export function emptyPaths(n: number) {
  return {
    days: new Int32Array(n),
    gross: new Float64Array(n),
    kept: new Uint8Array(n),
    favourable: new Float64Array(n),
    adverse: new Float64Array(n),
    range: new Float64Array(n),
  };
}

/** Only the first of them. */
export function firstOf(paths: Paths, n: number): Paths {
  return {
    days: paths.days.subarray(0, n),
    gross: paths.gross.subarray(0, n),
    kept: paths.kept.subarray(0, n),
    favourable: paths.favourable.subarray(0, n),
    adverse: paths.adverse.subarray(0, n),
    range: paths.range.subarray(0, n),
  };
}
