import { readFileSync } from 'node:fs';
import { type Matrix, matrixOfRows } from '../../../nodes/math/matrix.js';

/** How far a value may be from its golden one: |got − want| ≤ abs + rel·|want|. */
export interface Tolerance {
  readonly abs?: number;
  readonly rel?: number;
}

/** A value inside a golden file, read by path; `null` in a list of numbers is NaN. */
export class Golden {
  constructor(
    readonly value: unknown,
    readonly path: string,
  ) {}

  at(...keys: readonly (string | number)[]): Golden {
    let value = this.value;
    for (const key of keys) {
      if (typeof value !== 'object' || value === null || !(key in value)) {
        throw new Error(`${this.path} has no ${keys.join('.')}`);
      }
      value = Reflect.get(value, key);
    }
    return new Golden(value, `${this.path}.${keys.join('.')}`);
  }

  has(key: string): boolean {
    return typeof this.value === 'object' && this.value !== null && key in this.value;
  }

  keys(): string[] {
    return typeof this.value === 'object' && this.value !== null ? Object.keys(this.value) : [];
  }

  list(): Golden[] {
    if (!Array.isArray(this.value)) throw new Error(`${this.path} is no list`);
    return this.value.map((item: unknown, i) => new Golden(item, `${this.path}[${i}]`));
  }

  number(): number {
    if (this.value === null) return NaN;
    if (typeof this.value !== 'number') throw new Error(`${this.path} is no number`);
    return this.value;
  }

  text(): string {
    if (typeof this.value !== 'string') throw new Error(`${this.path} is no text`);
    return this.value;
  }

  numbers(): Float64Array {
    return Float64Array.from(this.list(), (item) => item.number());
  }

  matrix(): Matrix {
    return matrixOfRows(this.list().map((row) => row.numbers()));
  }
}

/** The golden file tests/golden/<area>/<name>.json. */
export function golden(area: string, name: string): Golden {
  const path = new URL(`../../golden/${area}/${name}.json`, import.meta.url);
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  return new Golden(value, name);
}

/** The tolerance a golden file states. */
export function toleranceOf(file: Golden): Tolerance {
  const given = file.at('tolerance');
  const read = (key: string) => (given.has(key) ? given.at(key).number() : 0);
  return { abs: read('abs'), rel: read('rel') };
}

/** Event research goldens: README of that set. */
export const EVENT_RESEARCH: Tolerance = { abs: 1e-12, rel: 1e-9 };

type Values = number | ArrayLike<number>;

/** Fail with the place and size of the first difference beyond the tolerance; NaN equals NaN only. */
export function expectClose(got: Values, want: Values, tolerance: Tolerance, what = ''): void {
  const { abs = 0, rel = 0 } = tolerance;
  const left = typeof got === 'number' ? [got] : Array.from(got);
  const right = typeof want === 'number' ? [want] : Array.from(want);
  if (left.length !== right.length) {
    throw new Error(`${what}: ${left.length} values, expected ${right.length}`);
  }
  for (const [i, w] of right.entries()) {
    const g = left[i] ?? NaN;
    const same = g === w || (Number.isNaN(g) && Number.isNaN(w));
    if (!same && !(Math.abs(g - w) <= abs + rel * Math.abs(w))) {
      throw new Error(`${what}[${i}] is ${g}, expected ${w}, off by ${Math.abs(g - w)}`);
    }
  }
}
