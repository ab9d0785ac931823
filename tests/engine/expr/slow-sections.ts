import type { Values } from './kit.js';

const N = Number.NaN;
/** Rows of a symbol from some grid row on. */
export interface Listed {
  readonly from: number;
  readonly x: readonly number[];
  readonly sector: readonly (string | null)[];
}
export type Universe = Readonly<Record<string, Listed>>;
export type Found = Readonly<Record<string, Values>>;

export type Of = (members: readonly number[], own: number | undefined) => number | undefined;
export const sum = (v: readonly number[]): number => v.reduce((a, b) => a + b, 0);
export const mean = (v: readonly number[]): number => sum(v) / v.length;
export const std = (v: readonly number[], ddof: number): number | undefined => {
  const m = mean(v);
  return v.length > ddof
    ? Math.sqrt(sum(v.map((a) => (a - m) * (a - m))) / (v.length - ddof))
    : undefined;
};
export const median = (v: readonly number[]): number => {
  const sorted = [...v].sort((a, b) => a - b);
  return ((sorted[(v.length - 1) >> 1] ?? N) + (sorted[v.length >> 1] ?? N)) / 2;
};
export const rank =
  (ties: 'average' | 'min' | 'max'): Of =>
  (v, own) => {
    if (own === undefined) return undefined;
    const less = v.filter((a) => a < own).length;
    const upTo = v.filter((a) => a <= own).length - 1;
    const place = ties === 'min' ? less : ties === 'max' ? upTo : (less + upTo) / 2;
    return v.length === 1 ? 0.5 : place / (v.length - 1);
  };

/** The slow, obvious way: for every row of every symbol, gather the members and work it out. */
export function slow(u: Universe, of: Of, by: boolean, others: boolean, atLeast: number): Found {
  const ids = Object.keys(u).sort();
  const at = (id: string, grid: number) => {
    const { from, x, sector } = u[id] ?? { from: 0, x: [], sector: [] };
    return { x: x[grid - from] ?? N, sector: sector[grid - from] ?? null };
  };
  return Object.fromEntries(
    ids.map((id) => {
      const { from, x } = u[id] ?? { from: 0, x: [] };
      const cells = x.map((own, row) => {
        const grid = from + row;
        const { sector } = at(id, grid);
        if (by && sector === null) return null;
        const members = ids
          .filter((other) => !others || other !== id)
          .filter((other) => !by || at(other, grid).sector === sector)
          .map((other) => at(other, grid).x)
          .filter((v) => !Number.isNaN(v));
        if (members.length < Math.max(1, atLeast)) return null;
        return of(members, Number.isNaN(own) ? undefined : own) ?? null;
      });
      return [id, cells];
    }),
  );
}

/** Rows × symbols of the mean of correlations over pairs of members, from the definition. */
export function slowMeanCorr(
  u: Universe,
  window: number,
  min: number,
  others: boolean,
  by: boolean,
): Found {
  const ids = Object.keys(u).sort();
  const at = (id: string, grid: number) => u[id]?.x[grid - (u[id]?.from ?? 0)] ?? N;
  const sector = (id: string, grid: number) => u[id]?.sector[grid - (u[id]?.from ?? 0)] ?? null;
  const corr = (a: string, b: string, grid: number): number => {
    const rows = Array.from({ length: window }, (_, i) => grid - i).filter((g) => g >= 0);
    const pairs = rows.map((g) => [at(a, g), at(b, g)] as const);
    const known = pairs.filter(([p, q]) => !Number.isNaN(p) && !Number.isNaN(q));
    if (known.length < Math.max(2, min)) return N;
    const [mp, mq] = [mean(known.map((k) => k[0])), mean(known.map((k) => k[1]))];
    const flat = [0, 1].some((side) => new Set(known.map((k) => k[side])).size === 1);
    const pq = sum(known.map(([p, q]) => (p - mp) * (q - mq)));
    const pp = sum(known.map(([p]) => (p - mp) * (p - mp)));
    const qq = sum(known.map(([, q]) => (q - mq) * (q - mq)));
    return flat ? N : pq / Math.sqrt(pp * qq);
  };
  const cell = (id: string, grid: number): number | null => {
    if (by && sector(id, grid) === null) return null;
    const members = ids
      .filter((m) => !Number.isNaN(at(m, grid)) && (!others || m !== id))
      .filter((m) => !by || sector(m, grid) === sector(id, grid));
    const all = members.flatMap((a, i) => members.slice(i + 1).map((b) => corr(a, b, grid)));
    const known = all.filter((v) => !Number.isNaN(v));
    return known.length === 0 ? null : mean(known);
  };
  return Object.fromEntries(
    ids.map((id) => [id, (u[id]?.x ?? []).map((_, i) => cell(id, i + (u[id]?.from ?? 0)))]),
  );
}
