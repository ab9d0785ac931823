/** What rolling kernels need to know of a series besides its values. */
export interface Known {
  /** Known rows before each row; one longer than the series. */
  readonly before: Int32Array;
  /** How many of the latest known values, up to each row, are equal. */
  readonly equal: Int32Array;
}

/** Count the known rows of a series, and how long its value has stood still. */
export function knownIn(x: Readonly<Float64Array>): Known {
  const before = new Int32Array(x.length + 1);
  const equal = new Int32Array(x.length);
  let known = 0;
  let run = 0;
  let last = Number.NaN;
  for (let i = 0; i < x.length; i += 1) {
    const v = x[i] ?? Number.NaN;
    if (!Number.isNaN(v)) {
      known += 1;
      run = v === last ? run + 1 : 1;
      last = v;
    }
    before[i + 1] = known;
    equal[i] = run;
  }
  return { before, equal };
}
