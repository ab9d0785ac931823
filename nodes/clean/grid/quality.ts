import type { Frame } from '../../../engine/sdk/index.js';
import type { Placed } from './place.js';

/** Coverage of one month. */
export interface Month {
  readonly month: string;
  readonly bars: number;
  readonly missing: number;
}

/** How complete and how clean a symbol's bars are; for people and reports, never for decisions. */
export interface Quality {
  readonly [key: string]: unknown;
  readonly bars: number;
  readonly missing: number;
  readonly longest_gap: number;
  readonly off_grid: number;
  readonly duplicates: number;
  /** Bars without a usable row, by reason. */
  readonly faults: Readonly<Record<string, number>>;
  readonly months: readonly Month[];
  readonly funding_prints: number;
  readonly funding_dropped: number;
}

/** Coverage statistics of bars on a grid. */
export function qualityOf(placed: Placed, prints: number, dropped: number): Quality {
  const { bars } = placed;
  const gaps = bars.flags('is_gap');
  return {
    bars: bars.length,
    missing: gaps.reduce((sum, gap) => sum + gap, 0),
    longest_gap: longest(gaps),
    off_grid: placed.offGrid,
    duplicates: placed.duplicates,
    faults: counts(bars.texts('fault')),
    months: monthly(bars),
    funding_prints: prints,
    funding_dropped: dropped,
  };
}

function longest(gaps: Readonly<Uint8Array>): number {
  let run = 0;
  let most = 0;
  for (const gap of gaps) {
    run = gap === 1 ? run + 1 : 0;
    most = Math.max(most, run);
  }
  return most;
}

function counts(reasons: readonly (string | null)[]): Readonly<Record<string, number>> {
  const found = new Map<string, number>();
  for (const reason of reasons) {
    if (reason !== null) found.set(reason, (found.get(reason) ?? 0) + 1);
  }
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function monthly(bars: Frame): readonly Month[] {
  const [ts, gaps] = [bars.time('ts'), bars.flags('is_gap')];
  const months: { month: string; bars: number; missing: number }[] = [];
  let next = Number.NEGATIVE_INFINITY;
  ts.forEach((time, bar) => {
    if (time >= next) {
      const at = new Date(time);
      next = Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1);
      months.push({ month: at.toISOString().slice(0, 7), bars: 0, missing: 0 });
    }
    const month = months[months.length - 1];
    if (!month) return;
    month.bars += 1;
    month.missing += gaps[bar] ?? 0;
  });
  return months;
}
