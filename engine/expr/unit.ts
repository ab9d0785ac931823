import { isLabel } from './vocabulary.js';

/**
 * The unit of a number: dimensions with whole exponents, or a label on something that has none (`z`, `bps`, `share`).
 * Dimensions must agree; a label need only agree with another label, since `ret / 2` and `0.01` have none.
 */
export interface Unit {
  /** A literal: fits any unit. */
  readonly any: boolean;
  /** Sorted `name^exponent`, e.g. `coin^-1 usd`; empty for a pure number. */
  readonly dims: string;
  readonly label: string | undefined;
}

export const ANY: Unit = { any: true, dims: '', label: undefined };
export const PURE: Unit = { any: false, dims: '', label: undefined };
export const MILLISECONDS: Unit = { any: false, dims: 'ms', label: undefined };

/** Read a declared unit: `usd`, `usd / coin`, `usd^2`, `1 / year`, `z`, `return per bar`. */
export function parseUnit(text: string | undefined): Unit {
  const trimmed = (text ?? '').trim();
  if (trimmed === '' || trimmed === '1') return PURE;
  const first = /^[^\s/*^]+/.exec(trimmed)?.[0] ?? '';
  if (isLabel(first)) return { any: false, dims: '', label: trimmed };
  const powers = new Map<string, number>();
  let sign = 1;
  for (const word of trimmed.replace(/\bper\b/g, '/').match(/[/*]|[^\s/*]+/g) ?? []) {
    if (word === '/' || word === '*') {
      sign = word === '/' ? -1 : 1;
      continue;
    }
    const [name = word, power = '1'] = word.split('^');
    powers.set(name, (powers.get(name) ?? 0) + sign * Number(power));
  }
  powers.delete('1');
  return fromPowers(powers);
}

/** The text of a unit as a column carries it; undefined for a pure number. */
export function unitText(unit: Unit): string | undefined {
  if (unit.label !== undefined) return unit.label;
  if (unit.dims === '') return undefined;
  const powers = [...powersOf(unit)];
  const above = powers.filter(([, p]) => p > 0).map(([n, p]) => spell(n, p));
  const below = powers.filter(([, p]) => p < 0).map(([n, p]) => spell(n, -p));
  const top = above.length > 0 ? above.join(' * ') : '1';
  return below.length > 0 ? `${top} / ${below.join(' / ')}` : top;
}

function spell(name: string, power: number): string {
  return power === 1 ? name : `${name}^${power}`;
}

/** The unit two values share, or undefined if they do not go together. */
export function agree(a: Unit, b: Unit): Unit | undefined {
  if (a.any) return b;
  if (b.any) return a;
  if (a.dims !== b.dims) return undefined;
  if (a.label !== undefined && b.label !== undefined && a.label !== b.label) return undefined;
  return a.label === undefined ? b : a;
}

/** The unit of a product. Labels do not survive: `1e4 * return` is no longer a return. */
export function multiply(a: Unit, b: Unit): Unit {
  if (a.any && b.any) return ANY;
  return combine(a, b, 1);
}

/** The unit of a quotient. */
export function divide(a: Unit, b: Unit): Unit {
  if (a.any && b.any) return ANY;
  return combine(a, b, -1);
}

/** The unit of a power with a constant exponent; undefined when a dimension would get a broken exponent. */
export function power(unit: Unit, exponent: number): Unit | undefined {
  if (unit.any) return ANY;
  const powers = new Map<string, number>();
  for (const [name, p] of powersOf(unit)) {
    if (!Number.isInteger(p * exponent)) return undefined;
    powers.set(name, p * exponent);
  }
  return fromPowers(powers);
}

function combine(a: Unit, b: Unit, sign: number): Unit {
  const powers = new Map(powersOf(a));
  for (const [name, p] of powersOf(b)) powers.set(name, (powers.get(name) ?? 0) + sign * p);
  return fromPowers(powers);
}

function powersOf(unit: Unit): ReadonlyMap<string, number> {
  if (unit.dims === '') return new Map();
  return new Map(
    unit.dims.split(' ').map((part): [string, number] => {
      const at = part.lastIndexOf('^');
      return at < 0 ? [part, 1] : [part.slice(0, at), Number(part.slice(at + 1))];
    }),
  );
}

function fromPowers(powers: ReadonlyMap<string, number>): Unit {
  const parts = [...powers].filter(([, p]) => p !== 0 && Number.isFinite(p));
  parts.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const dims = parts.map(([n, p]) => (p === 1 ? n : `${n}^${p}`)).join(' ');
  return { any: false, dims, label: undefined };
}
