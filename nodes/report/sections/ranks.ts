import type { Block, Origin } from '../page/document.js';
import { dotPlot } from '../page/dots.js';
import { fixed, probability, whole } from '../page/numbers.js';
import { byEvidence, type Hypothesis, nameOf } from './found.js';

/** q-values below it are drawn at it. */
const LEAST_Q = 1e-9;

/** q-values in order beside the one that a find may have at most. */
export function rankPlot(
  hypotheses: readonly Hypothesis[],
  { fdr, spacing }: { readonly fdr: number; readonly spacing: number },
  origin: Origin,
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
      says: `q by rank: ${some.map(at).join('; ')}. ${whole(found)} of ${whole(ranked.length)} are at or below ${fixed(fdr, 2)}; a find passes the other gates, too. Both axes are powers of ten.`,
      origin,
    },
  ];
}

/** A power of ten at a whole exponent; nothing between. */
function power(exponent: number): string {
  const near = Math.round(exponent);
  if (Math.abs(exponent - near) > 1e-9) return '';
  const value = Number(`1e${near}`);
  if (near > 0) return whole(value);
  return near < -3 ? `1e${near}` : fixed(value, -near);
}
