import type { Tally } from '../../kit/registries.js';

/** Months of several markets, on a machine that has other things to do, too. */
export const PATIENCE = 600_000;

/** What a registry counted, and the bounds its event gives itself. */
export interface Counted extends Tally {
  readonly bounds: readonly number[];
}

/** Occurrences per 10,000 bars. */
export function rateOf(counted: Pick<Counted, 'bars' | 'count'> | undefined): number {
  return (1e4 * (counted?.count ?? Number.NaN)) / (counted?.bars ?? Number.NaN);
}

/** Several worlds together. */
export function pooled(worlds: readonly (readonly Counted[])[]): readonly Counted[] {
  const [first = []] = worlds;
  return first.map((one, i) => {
    const all = worlds.flatMap((world) => world[i] ?? []);
    const sum = (of: (c: Counted) => number) => all.reduce((total, c) => total + of(c), 0);
    return { ...one, bars: sum((c) => c.bars), count: sum((c) => c.count) };
  });
}

/** The registry as a table: how often each event occurs in all and in each part, and whether that is within its own bounds. */
export function tableOf(
  title: string,
  counted: readonly Counted[],
  parts: readonly (readonly Counted[])[] = [],
): string {
  const lines = counted.map((one, i) => {
    const of = parts.length > 0 ? parts.map((part) => rateOf(part[i])) : ratesOf(one);
    const cells = [String(one.count).padStart(7), rateOf(one).toFixed(2).padStart(8)];
    const rates = of.map((rate) => rate.toFixed(1));
    return [one.event.padEnd(30), ...cells, verdictOn(one).padEnd(8), ...rates].join(' ');
  });
  return `\n${title}: event, occurrences, per 10,000 bars, in bounds, by part\n${lines.join('\n')}\n`;
}

/** Of each symbol, where all of them have as many bars. */
function ratesOf({ by_symbol, bars }: Counted): readonly number[] {
  const counts = Object.values(by_symbol);
  return counts.map((count) => rateOf({ count, bars: bars / counts.length }));
}

function verdictOn(one: Counted): string {
  const [least = Number.NaN, most = Number.NaN] = one.bounds;
  if (!one.available) return `unavailable: ${one.needs.join(', ')}`;
  if (rateOf(one) < least) return `below ${least}`;
  return rateOf(one) > most ? `above ${most}` : 'in';
}
