import fc from 'fast-check';

/** Few distinct values for ties and flat stretches, gaps, and now and then a wild print. */
const cell = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: -3, max: 3 }) },
  { weight: 6, arbitrary: fc.integer({ min: -10_000, max: 10_000 }).map((v) => v / 997) },
  { weight: 3, arbitrary: fc.constant(Number.NaN) },
  { weight: 1, arbitrary: fc.constantFrom(1e9, -1e9, 0, -0) },
);
/** A short series of such cells. */
export const series = fc.array(cell, { minLength: 1, maxLength: 80 });
/** Rows of a window, Infinity for all, and how many of them must be known. */
export const windows = fc
  .oneof(
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 20 }) },
    { weight: 1, arbitrary: fc.constant(Number.POSITIVE_INFINITY) },
  )
  .chain((window) =>
    fc.tuple(fc.constant(window), fc.integer({ min: 1, max: Math.min(window, 30) })),
  );
/** A window as formulas write it. */
export const written = (window: number): string =>
  Number.isFinite(window) ? String(window) : 'all';
