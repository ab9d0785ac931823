import { defineNode, type Frame, type Gathered, many, t } from '../../engine/sdk/index.js';
import type { Calibration } from '../kinds/calibration.js';
import { clopperPearson } from '../math/proportion.js';
import { median } from '../math/quantile.js';
import { mean, variance } from '../math/sum.js';
import { calibration, candidates } from '../ports.js';

export default defineNode({
  type: 'discovery.calibration',
  doc: 'How often discovery finds something where there is nothing: the realised error rates beside the ones that were promised.',
  source: 'Benjamini & Hochberg (1995), JRSS-B 57; Clopper & Pearson (1934), Biometrika 26(4)',
  time: 'fit',

  in: { candidates: many(candidates) },
  out: { calibration },
  params: {
    levels: t.list(t.number({ above: 0, max: 0.5 }), {
      default: [0.05, 0.1],
      min: 1,
      doc: 'Shares of false finds that are promised.',
    }),
    limits: t.list(t.number({ above: 0, max: 1 }), {
      default: [0.001, 0.01, 0.05, 0.1, 0.2, 0.5],
      doc: 'Limits up to which p-values are counted.',
    }),
  },
  reads: () => ({ candidates: ['id', 'p', 'q', 'passed'] }),
  errors: {
    'discovery/no-markets': 'Nothing was looked at: there are no candidates.',
  },

  run({ candidates: looked }, { levels, limits }, ctx) {
    if (looked.length === 0) ctx.refuse('discovery/no-markets');
    const tested = looked.map(({ value }) => value.column('p').filter((p) => !Number.isNaN(p)));
    const wrongAt = (level: number) => looked.filter((l) => least(l) <= level).length;
    const passing = looked.filter(({ value }) => value.flags('passed').includes(1)).length;
    return {
      calibration: {
        markets: looked.length,
        tests: mean(tested.map((p) => p.length)),
        levels: levels.map((level) => {
          const wrong = wrongAt(level);
          const found = clopperPearson(wrong, looked.length);
          return { level, wrong, ...found, kept: found.low <= level };
        }),
        passed: { wrong: passing, ...clopperPearson(passing, looked.length) },
        finds: findsIn(looked.map(({ value }) => value)),
        ranks: ranksOf(looked.map(({ value }) => value)),
        tails: limits.map((limit) => {
          const shares = tested.flatMap((p) => (p.length > 0 ? [shareUpTo(p, limit)] : []));
          const error = Math.sqrt(variance(shares) / shares.length);
          return { limit, share: told(mean(shares)), error: told(error) };
        }),
      },
    };
  },
});

/** How often each hypothesis passed, by its id in the order of ids. */
function findsIn(markets: readonly Frame[]): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const market of markets) {
    const ids = market.texts('id');
    market.flags('passed').forEach((flag, row) => {
      if (flag === 1) counts.set(ids[row] ?? '', (counts.get(ids[row] ?? '') ?? 0) + 1);
    });
  }
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Ranks that are told to an order of magnitude, each so many times. */
const STEPS = [1, 2, 5] as const;

/** p and q of the first, second, fifth, tenth, … test of a market, medians over those that have so many. */
function ranksOf(markets: readonly Frame[]): Calibration['ranks'] {
  const sorted = markets.map((market) =>
    (['p', 'q'] as const).map((name) =>
      market
        .column(name)
        .filter((x) => !Number.isNaN(x))
        .sort(),
    ),
  );
  const ranks: { rank: number; p: number; q: number; least: number }[] = [];
  for (let power = 1; ; power *= 10) {
    for (const step of STEPS) {
      const rank = step * power;
      const having = sorted.filter(([p]) => (p?.length ?? 0) >= rank);
      if (having.length === 0 || having.length * 2 < markets.length) return ranks;
      const [p, q] = [0, 1].map((k) => having.map((values) => values[k]?.[rank - 1] ?? Number.NaN));
      ranks.push({ rank, p: median(p ?? []), q: median(q ?? []), least: Math.min(...(q ?? [])) });
    }
  }
}

/** The least q-value of a market; NaN where nothing was tested. */
function least({ value }: Gathered<Frame>): number {
  const known = value.column('q').filter((q) => !Number.isNaN(q));
  return known.length === 0 ? Number.NaN : known.reduce((a, b) => Math.min(a, b));
}

function shareUpTo(p: ArrayLike<number>, limit: number): number {
  let count = 0;
  for (let i = 0; i < p.length; i += 1) if ((p[i] ?? Number.NaN) <= limit) count += 1;
  return count / p.length;
}

/** A number as JSON can have it. */
function told(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
