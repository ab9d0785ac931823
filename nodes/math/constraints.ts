import { inRange, sameSize } from './guard.js';
import { type Bound, boundFor } from './simplex.js';
import type { Vector } from './vector.js';

/** A linear row of a program: least ≤ coefficients·w ≤ most. */
export interface LinearRow {
  readonly coefficients: Vector;
  readonly least: number;
  readonly most: number;
}

/** One half-space normal·w ≥ least, or the equation normal·w = least. A bound has one non-zero, so it is kept as such. */
export interface Constraint {
  readonly id: number;
  readonly equation: boolean;
  readonly least: number;
  /** What its slack is measured against. */
  readonly size: number;
  /** A bound on one weight: sign·w[at] ≥ least. */
  readonly bound?: { readonly at: number; readonly sign: 1 | -1 };
  /** A dense normal, where it is no bound. */
  readonly normal?: Float64Array;
  /** Push a weight that rounding left outside its bound back onto it. */
  readonly snap?: (w: Float64Array) => void;
  /** The same equation read the other way round. */
  reversed(): Constraint;
}

/** normal·w − least: how far inside the constraint w is. */
export function slackOf(constraint: Constraint, w: Float64Array): number {
  return projectionOn(constraint, w) - constraint.least;
}

/** normal·v. */
export function projectionOn({ bound, normal }: Constraint, v: Float64Array): number {
  if (bound !== undefined) return bound.sign * (v[bound.at] ?? NaN);
  let total = 0;
  for (const [i, x] of (normal ?? []).entries()) total += x * (v[i] ?? NaN);
  return total;
}

/** Add `amount` times the normal to v. */
export function addNormal({ bound, normal }: Constraint, amount: number, v: Float64Array): void {
  if (bound !== undefined) v[bound.at] = (v[bound.at] ?? NaN) + amount * bound.sign;
  else for (const [i, x] of (normal ?? []).entries()) v[i] = (v[i] ?? NaN) + amount * x;
}

/** What a program says about its weights. */
export interface Limits {
  readonly lower?: Bound | undefined;
  readonly upper?: Bound | undefined;
  readonly rows?: readonly LinearRow[] | undefined;
}

/**
 * The constraints of a program: rows first, so that equations are met before any bound, then lower and upper bounds.
 * Infinite ends are left out. @throws math/sizes-differ, math/out-of-range when an end is NaN
 */
export function constraintsOf(n: number, { lower, upper, rows = [] }: Limits): Constraint[] {
  const out: Constraint[] = [];
  for (const row of rows) {
    sameSize('weights and the coefficients of a row', n, row.coefficients.length);
    inRange('least', row.least, row.least <= row.most, 'at most the other end of its row');
    addRow(out, row);
  }
  const low = boundFor(lower ?? -Infinity, n);
  const high = boundFor(upper ?? Infinity, n);
  for (const [at, end] of low.entries()) {
    inRange('lower', end, end <= (high[at] ?? NaN), 'at most the upper bound');
    if (end > -Infinity) out.push(boundConstraint(out.length, at, 1, end));
  }
  for (const [at, end] of high.entries()) {
    if (end < Infinity) out.push(boundConstraint(out.length, at, -1, end));
  }
  return out;
}

function addRow(out: Constraint[], { coefficients, least, most }: LinearRow): void {
  const normal = Float64Array.from(coefficients);
  if (least === most) {
    out.push(rowConstraint(out.length, normal, least, true));
    return;
  }
  if (least > -Infinity) out.push(rowConstraint(out.length, normal, least, false));
  const turned = normal.map((x) => -x);
  if (most < Infinity) out.push(rowConstraint(out.length, turned, -most, false));
}

function rowConstraint(
  id: number,
  normal: Float64Array,
  least: number,
  equation: boolean,
): Constraint {
  const length = Math.sqrt(normal.reduce((total, x) => total + x * x, 0));
  const size = Math.max(length, Math.abs(least), 1e-300);
  const reversed = () =>
    rowConstraint(
      id,
      normal.map((x) => -x),
      -least,
      equation,
    );
  return { id, equation, least, size, normal, reversed };
}

function boundConstraint(id: number, at: number, sign: 1 | -1, end: number): Constraint {
  const snap = (w: Float64Array) => {
    if (sign * ((w[at] ?? NaN) - end) < 0) w[at] = end;
  };
  const least = sign * end;
  const size = Math.max(1, Math.abs(end));
  const self: Constraint = {
    id,
    equation: false,
    least,
    size,
    bound: { at, sign },
    snap,
    reversed: () => self,
  };
  return self;
}
