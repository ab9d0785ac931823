/** A sample as pooling sees it: how many observations, their mean, and their variance about it. */
export interface Sample {
  /** Effective number of observations, 0 or more; with 0 the rest says nothing. */
  readonly n: number;
  readonly mean: number;
  readonly variance: number;
}

/** No observation. */
const EMPTY: Sample = { n: 0, mean: 0, variance: 0 };

/** The union of samples that share no observation: what is spread between their means is part of its variance. */
export function pooled(parts: readonly Sample[]): Sample {
  const seen = parts.filter(({ n }) => n > 0);
  let n = 0;
  let total = 0;
  for (const part of seen) {
    n += part.n;
    total += part.n * part.mean;
  }
  if (n === 0) return EMPTY;
  const mean = total / n;
  let squares = 0;
  for (const part of seen) {
    const off = part.mean - mean;
    squares += Math.max(part.n - 1, 0) * part.variance + part.n * off * off;
  }
  return { n, mean, variance: squares / Math.max(n - 1, 1) };
}
