/*
 * Strictly convex quadratic programs by the dual active-set method of Goldfarb and Idnani. It starts at the
 * unconstrained minimum and adds the most violated constraint until none is, so it needs no feasible start, ends in
 * the exact corner, and notices when there is no feasible point at all.
 *
 * 1. Factor P = L·L′. Keep J = L⁻ᵀQ and the triangle R of the active normals, updated by rotations (active-set.ts).
 * 2. Take the most violated constraint (lowest index on ties); none: optimal.
 * 3. Move along z (primal) and −r (dual) until the constraint holds (full step) or a multiplier reaches 0 (drop it).
 * 4. No move possible: infeasible.
 * 5. Check the Karush–Kuhn–Tucker conditions of what came out; the largest violation is part of the answer.
 */
import { ActiveSet } from './active-set.js';
import { cholesky, solveLower } from './cholesky.js';
import { type Constraint, constraintsOf, type LinearRow, slackOf } from './constraints.js';
import { allFinite, sameSize } from './guard.js';
import { type Matrix, times } from './matrix.js';
import type { Bound } from './simplex.js';
import { dot, type Vector } from './vector.js';

/** Minimise ½w′Pw + q′w under bounds and linear rows. */
export interface QuadraticProgram {
  /** N × N, symmetric, positive definite. */
  readonly P: Matrix;
  /** N linear terms; zeros if not told. */
  readonly q?: Vector | undefined;
  readonly lower?: Bound | undefined;
  readonly upper?: Bound | undefined;
  /** Rows least ≤ a·w ≤ most; equal ends make an equation. */
  readonly rows?: readonly LinearRow[] | undefined;
}

/** What became of a program. Weights are NaN unless the status is `optimal` or `unsettled`. */
export interface QuadraticSolution {
  /** `unsettled`: out of steps; the weights are the last ones, and `residual` says how far off. */
  readonly status: 'optimal' | 'infeasible' | 'unsettled';
  readonly weights: Float64Array;
  /** ½w′Pw + q′w. */
  readonly objective: number;
  /** Largest violation of the Karush–Kuhn–Tucker conditions, relative to the size of the gradient's parts. */
  readonly residual: number;
  readonly steps: number;
  /** How many constraints hold with equality at the end, rows included. */
  readonly binding: number;
}

/** A constraint counts as violated beyond this, relative to the size of its parts. */
const FEASIBLE = 1e-13;

/**
 * Solve a strictly convex quadratic program.
 * @throws math/not-definite when P is not positive definite; math/not-finite, math/sizes-differ
 * @see    Goldfarb & Idnani (1983), A Numerically Stable Dual Method, Mathematical Programming 27
 */
export function solveQp(program: QuadraticProgram): QuadraticSolution {
  const n = program.P.rows;
  const q = Float64Array.from(program.q ?? new Float64Array(n));
  sameSize('the linear terms and the matrix of a program', q.length, n);
  allFinite('the matrix of a program', program.P.values);
  allFinite('the linear terms of a program', q);
  const constraints = constraintsOf(n, program);
  const lower = cholesky(program.P);
  const w = solveLower(
    lower,
    q.map((x) => -x),
  );
  const active = new ActiveSet(lower);
  const most = 50 * (n + constraints.length) + 200;
  for (let steps = 0; steps < most; ) {
    const next = mostViolated(constraints, active, w);
    if (next === undefined) return finish(program.P, q, constraints, active, w, steps, 'optimal');
    const taken = admit(next, active, w, most - steps);
    if (taken === 'infeasible') return nothing(n, steps);
    steps += taken;
  }
  return finish(program.P, q, constraints, active, w, most, 'unsettled');
}

/** Equations first, then the largest violation; ties go to the first. */
function mostViolated(
  constraints: readonly Constraint[],
  active: ActiveSet,
  w: Float64Array,
): Constraint | undefined {
  let worst: Constraint | undefined;
  let least = 0;
  for (const constraint of constraints) {
    if (active.has(constraint)) continue;
    const slack = slackOf(constraint, w);
    if (constraint.equation) {
      if (Math.abs(slack) > FEASIBLE * constraint.size) return constraint;
    } else if (slack < -FEASIBLE * constraint.size && slack / constraint.size < least) {
      least = slack / constraint.size;
      worst = constraint;
    }
  }
  return worst;
}

/** Move until the constraint holds, dropping whatever stands in the way; gives the steps it took. */
function admit(
  given: Constraint,
  active: ActiveSet,
  w: Float64Array,
  left: number,
): number | 'infeasible' {
  // An equation violated from above is the same equation read the other way round.
  const wanted = given.equation && slackOf(given, w) > 0 ? given.reversed() : given;
  let multiplier = 0;
  for (let steps = 1; steps <= left; steps++) {
    const { z, r, slope } = active.directions(wanted);
    const blocked = active.firstBlocked(r);
    const full = slope > 0 ? -slackOf(wanted, w) / slope : Infinity;
    const step = Math.min(full, blocked.step);
    if (step === Infinity) return 'infeasible';
    if (slope > 0) for (const [i, zi] of z.entries()) w[i] = (w[i] ?? NaN) + step * zi;
    active.moveMultipliers(r, step);
    multiplier += step;
    if (step === full) {
      active.add(wanted, multiplier);
      return steps;
    }
    active.drop(blocked.place);
  }
  return left;
}

function finish(
  P: Matrix,
  q: Float64Array,
  constraints: readonly Constraint[],
  active: ActiveSet,
  w: Float64Array,
  steps: number,
  status: 'optimal' | 'unsettled',
): QuadraticSolution {
  for (const constraint of constraints) constraint.snap?.(w);
  const image = times(P, w);
  const gradient = image.map((x, i) => x + (q[i] ?? NaN));
  const scale = image.reduce((m, x, i) => Math.max(m, Math.abs(x), Math.abs(q[i] ?? 0)), 1e-300);
  active.subtractForces(gradient);
  let residual = gradient.reduce((m, x) => Math.max(m, Math.abs(x)), 0) / scale;
  for (const constraint of constraints) {
    const slack = slackOf(constraint, w);
    const off = constraint.equation ? Math.abs(slack) : Math.max(0, -slack);
    residual = Math.max(residual, off / constraint.size);
  }
  residual = Math.max(residual, active.slackness(w));
  const objective = dot(image, w) / 2 + dot(q, w);
  return { status, weights: w, objective, residual, steps, binding: active.size };
}

function nothing(n: number, steps: number): QuadraticSolution {
  const weights = new Float64Array(n).fill(NaN);
  return { status: 'infeasible', weights, objective: NaN, residual: NaN, steps, binding: 0 };
}
