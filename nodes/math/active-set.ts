import { inverseLower } from './cholesky.js';
import { addNormal, type Constraint, projectionOn, slackOf } from './constraints.js';
import type { Matrix } from './matrix.js';

/** z below this share of its normal's image counts as zero: the normal depends on the active ones. */
const DEPENDENT = 1e-13;

/**
 * The active constraints of a dual active-set method, with the factorisation that makes a step cheap: the rows of
 * `#basis` are the columns of J = L⁻ᵀQ, and the columns of `#triangle` those of R, with J′·normals = [R; 0].
 */
export class ActiveSet {
  readonly #n: number;
  readonly #basis: Float64Array;
  readonly #triangle: Float64Array[] = [];
  readonly #constraints: Constraint[] = [];
  readonly #multipliers: number[] = [];
  readonly #ids = new Set<number>();

  constructor(lower: Matrix) {
    this.#n = lower.rows;
    this.#basis = inverseLower(lower).values;
  }

  get size(): number {
    return this.#constraints.length;
  }

  has(constraint: Constraint): boolean {
    return this.#ids.has(constraint.id);
  }

  /** Where to move for a constraint: z the weights, −r the multipliers; `slope` is how fast the constraint is met. */
  directions(constraint: Constraint) {
    const image = this.#image(constraint);
    const z = new Float64Array(this.#n);
    let slope = 0;
    let whole = 0;
    for (const [k, d] of image.entries()) {
      whole += d * d;
      if (k < this.size) continue;
      slope += d * d;
      for (let i = 0; i < this.#n; i++)
        z[i] = (z[i] ?? NaN) + d * (this.#basis[k * this.#n + i] ?? NaN);
    }
    const dependent = slope <= DEPENDENT * DEPENDENT * whole;
    return { z, r: this.#dual(image), slope: dependent ? 0 : slope };
  }

  /** How far the multipliers may move along −r, and which one reaches 0 first; equations never block. */
  firstBlocked(r: Float64Array): { readonly step: number; readonly place: number } {
    let step = Infinity;
    let place = -1;
    for (const [k, rk] of r.entries()) {
      if (!(rk > 0) || this.#constraints[k]?.equation) continue;
      const reach = (this.#multipliers[k] ?? NaN) / rk;
      if (reach < step) {
        step = reach;
        place = k;
      }
    }
    return { step, place };
  }

  moveMultipliers(r: Float64Array, step: number): void {
    for (const [k, rk] of r.entries()) {
      this.#multipliers[k] = (this.#multipliers[k] ?? NaN) - step * rk;
    }
  }

  /** Take a constraint in: rotate the free rows of the basis so that only one of them sees it. */
  add(constraint: Constraint, multiplier: number): void {
    const image = this.#image(constraint);
    const at = this.size;
    for (let k = this.#n - 1; k > at; k--) {
      const turned = this.#rotate(k - 1, k, image[k - 1] ?? NaN, image[k] ?? NaN);
      image[k - 1] = turned;
      image[k] = 0;
    }
    this.#triangle.push(image.slice(0, at + 1));
    this.#constraints.push(constraint);
    this.#ids.add(constraint.id);
    this.#multipliers.push(multiplier);
  }

  /** Let a constraint go: what stands right of its column moves left and is made triangular again. */
  drop(place: number): void {
    this.#triangle.splice(place, 1);
    for (const gone of this.#constraints.splice(place, 1)) this.#ids.delete(gone.id);
    this.#multipliers.splice(place, 1);
    for (let k = place; k < this.size; k++) {
      const column = this.#triangle[k] ?? new Float64Array(0);
      const upper = column[k] ?? NaN;
      const below = column[k + 1] ?? NaN;
      const length = this.#rotate(k, k + 1, upper, below);
      const c = length === 0 ? 1 : upper / length;
      const s = length === 0 ? 0 : below / length;
      for (const later of this.#triangle.slice(k + 1)) {
        const a = later[k] ?? NaN;
        const b = later[k + 1] ?? NaN;
        later[k] = c * a + s * b;
        later[k + 1] = c * b - s * a;
      }
      const shorter = column.slice(0, k + 1);
      shorter[k] = length;
      this.#triangle[k] = shorter;
    }
  }

  /** Take Σ multiplier·normal from a gradient: what is left is its violation of stationarity. */
  subtractForces(gradient: Float64Array): void {
    for (const [k, constraint] of this.#constraints.entries()) {
      addNormal(constraint, -(this.#multipliers[k] ?? NaN), gradient);
    }
  }

  /** The largest slack of an active constraint, relative to its size. */
  slackness(w: Float64Array): number {
    return this.#constraints.reduce((m, c) => Math.max(m, Math.abs(slackOf(c, w)) / c.size), 0);
  }

  /** J′·normal. */
  #image(constraint: Constraint): Float64Array {
    const n = this.#n;
    return Float64Array.from({ length: n }, (_, k) =>
      projectionOn(constraint, this.#basis.subarray(k * n, (k + 1) * n)),
    );
  }

  /** R⁻¹ times the part of an image that the active constraints span. */
  #dual(image: Float64Array): Float64Array {
    const r = image.slice(0, this.size);
    for (let k = this.size - 1; k >= 0; k--) {
      const column = this.#triangle[k];
      const value = (r[k] ?? NaN) / (column?.[k] ?? NaN);
      r[k] = value;
      for (let i = 0; i < k; i++) r[i] = (r[i] ?? NaN) - value * (column?.[i] ?? NaN);
    }
    return r;
  }

  /** Rotate two rows of the basis so that (a, b) becomes (length, 0); gives the length. */
  #rotate(first: number, second: number, a: number, b: number): number {
    if (b === 0) return a;
    const big = Math.max(Math.abs(a), Math.abs(b));
    const length = big * Math.sqrt((a / big) * (a / big) + (b / big) * (b / big));
    const c = a / length;
    const s = b / length;
    const n = this.#n;
    for (let i = 0; i < n; i++) {
      const x = this.#basis[first * n + i] ?? NaN;
      const y = this.#basis[second * n + i] ?? NaN;
      this.#basis[first * n + i] = c * x + s * y;
      this.#basis[second * n + i] = c * y - s * x;
    }
    return length;
  }
}
