import type { Calibration } from '../../kinds/calibration.js';
import type { Block, Origin } from '../page/document.js';
import { dotPlot, type Trace } from '../page/dots.js';
import { fixed, probability, whole } from '../page/numbers.js';
import { byEvidence, type Hypothesis, nameOf } from './found.js';

/** q-values below it are drawn at it. */
const LEAST_Q = 1e-9;

interface Measure {
  readonly fdr: number;
  readonly spacing: number;
  /** What the same pipeline shows where there is nothing. */
  readonly calibration: Calibration | undefined;
}

/** q-values in order beside the one that a find may have at most. */
export function rankPlot(
  hypotheses: readonly Hypothesis[],
  { fdr, spacing, calibration }: Measure,
  origin: (port: string) => Origin,
): readonly Block[] {
  const ranked = hypotheses.filter(({ q }) => q !== null).sort(byEvidence);
  if (ranked.length === 0) return [];
  const found = ranked.filter(({ q }) => (q ?? 1) <= fdr).length;
  const title = 'q-value against rank';
  const dots = ranked.map((h, i) => ({
    x: Math.log10(i + 1),
    y: Math.log10(Math.max(LEAST_Q, h.q ?? 1)),
    says: h.passed ? `${i + 1}. ${nameOf(h, spacing)}: q ${probability(h.q)}` : undefined,
    passed: h.passed,
  }));
  const { svg } = dotPlot(
    [
      { name: 'passed every gate', dots: dots.filter(({ passed }) => passed) },
      { name: 'did not pass', reference: true, dots: dots.filter(({ passed }) => !passed) },
    ],
    {
      title,
      x: { label: 'rank, least q first', tick: power, spans: [0, 1] },
      y: { label: 'q', tick: power, spans: [0, Math.log10(fdr) - 0.3] },
      lines: placeboLines(calibration),
      rules: [{ axis: 'y', at: Math.log10(fdr), label: `q = ${fixed(fdr, 2)}`, end: 'end' }],
    },
  );
  const at = (rank: number) => `${whole(rank)}: ${probability(ranked[rank - 1]?.q)}`;
  const some = [1, 10, 100, 1000, 10_000].filter((rank) => rank <= ranked.length);
  return [
    {
      kind: 'plot',
      title,
      svg,
      says: `q by rank: ${some.map(at).join('; ')}. ${whole(found)} of ${whole(ranked.length)} are at or below ${fixed(fdr, 2)}; a find passes the other gates, too. Both axes are powers of ten.${placeboWords(calibration, ranked)}`,
      origin: origin('candidates'),
      also: calibration && [origin('calibration')],
    },
  ];
}

/** The q-values of the placebo at the same ranks: the one in the middle, and the luckiest. */
function placeboLines(calibration: Calibration | undefined): readonly Trace[] {
  if (!calibration || calibration.ranks.length === 0) return [];
  const { markets, ranks } = calibration;
  const line = (name: string, of: (one: (typeof ranks)[number]) => number): Trace => ({
    name: `placebo, ${name} of ${whole(markets)}`,
    points: ranks.map((one) => ({
      x: Math.log10(one.rank),
      y: Math.log10(Math.max(LEAST_Q, of(one))),
    })),
  });
  return [line('median', ({ q }) => q), line('least', ({ least }) => least)];
}

/** q can be 1 on both sides; p tells them apart even there. */
function placeboWords(calibration: Calibration | undefined, ranked: readonly Hypothesis[]): string {
  if (!calibration) return ' No placebo was run to draw beside it.';
  const { markets, ranks } = calibration;
  const least = ranked.map(({ p }) => p ?? 1).sort((a, b) => a - b);
  const told = ranks
    .filter(({ rank }) => Number.isInteger(Math.log10(rank)))
    .map(({ rank, p, q, least: lowest }) => {
      const here = least[rank - 1];
      const beside = here === undefined ? '' : `, here ${probability(here)}`;
      return `${whole(rank)}: q ${probability(q)} (least ${probability(lowest)}), p ${probability(p)}${beside}`;
    });
  return told.length === 0
    ? ' The placebo tested nothing that could be drawn beside it.'
    : ` Placebo by rank, median over ${whole(markets)} of them: ${told.join('; ')}.`;
}

/** A power of ten at a whole exponent; nothing between. */
function power(exponent: number): string {
  const near = Math.round(exponent);
  if (Math.abs(exponent - near) > 1e-9) return '';
  const value = Number(`1e${near}`);
  if (near > 0) return whole(value);
  return near < -3 ? `1e${near}` : fixed(value, -near);
}
