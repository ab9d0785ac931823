import { quantile } from '../../math/quantile.js';
import type { Block, Origin } from '../page/document.js';
import { type Dot, dotPlot, type Rule } from '../page/dots.js';
import type { Tick } from '../page/drawing.js';
import { decimalsOf, fixed, points, probability, whole } from '../page/numbers.js';
import { byEvidence, type Hypothesis, nameOf } from './found.js';

/** p-values below it are drawn at it: beyond, they say no more and press the others together. */
const LEAST_P = 1e-12;
/** Share of the effects at either end that are drawn at the edge. */
const TRIMMED = 0.005;
const DRAWN = { passed: 'passed every gate', other: 'did not pass' } as const;

/** Effect after costs against evidence, a dot a hypothesis. */
export function volcano(
  hypotheses: readonly Hypothesis[],
  { fdr, spacing }: { readonly fdr: number; readonly spacing: number },
  origin: Origin,
): Block {
  const tested = hypotheses.filter(({ p, mean }) => p !== null && mean !== null).sort(byEvidence);
  const title = 'Effect after costs against evidence';
  if (tested.length === 0) {
    return { kind: 'paragraph', text: 'Nothing was tested: there is no effect to draw.' };
  }
  const range = rangeOf(tested);
  const dots = (of: readonly Hypothesis[]): readonly Dot[] =>
    of.map((h) => ({
      x: Math.min(range[1], Math.max(range[0], bps(h.mean))),
      y: -Math.log10(Math.max(LEAST_P, h.p ?? 1)),
      says: h.passed ? told(h, spacing) : undefined,
    }));
  const [passed, other] = [tested.filter((h) => h.passed), tested.filter((h) => !h.passed)];
  const line = threshold(tested, fdr);
  const { svg, drawn } = dotPlot(
    [
      { name: DRAWN.passed, dots: dots(passed) },
      { name: DRAWN.other, reference: true, dots: dots(other) },
    ],
    {
      title,
      x: { label: 'expectancy after costs, basis points an occurrence', tick: decimal, spans: [0] },
      y: { label: '−log10 p', tick: decimal, spans: [0, 1, line.at * 1.1] },
      rules: [line, { axis: 'x', at: 0, label: '', end: 'start' }],
    },
  );
  return { kind: 'plot', title, svg, says: words(tested, range, line, drawn), origin };
}

/** Effects that are in view: all that passed, and all but the most extreme of the others. */
function rangeOf(tested: readonly Hypothesis[]): readonly [number, number] {
  const effects = Float64Array.from(tested, ({ mean }) => bps(mean));
  const passed = tested.flatMap((h) => (h.passed ? [bps(h.mean)] : []));
  return [
    Math.min(quantile(effects, TRIMMED), ...passed),
    Math.max(quantile(effects, 1 - TRIMMED), ...passed),
  ];
}

/** The largest p-value whose q is small enough; where there is none, what would be small enough for one alone. */
function threshold(tested: readonly Hypothesis[], fdr: number): Rule & { readonly why: string } {
  const found = tested.filter(({ q }) => q !== null && q <= fdr);
  const largest = found.reduce((m, { p }) => Math.max(m, p ?? 0), 0);
  const level = fixed(fdr, 2);
  const p = found.length > 0 ? largest : fdr / tested.length;
  const why =
    found.length > 0
      ? `Dashed: p = ${probability(p)}, the largest with q ≤ ${level}`
      : `No q is ≤ ${level}. Dashed: p = ${probability(p)}, which is ${level} over the ${whole(tested.length)} tested: what Benjamini and Hochberg ask of one that is alone`;
  return {
    axis: 'y',
    at: -Math.log10(Math.max(LEAST_P, p)),
    label: `q ≤ ${level}`,
    end: 'start',
    why,
  };
}

function words(
  tested: readonly Hypothesis[],
  [low, high]: readonly [number, number],
  { why }: { readonly why: string },
  drawn: number,
): string {
  const edge = tested.filter(({ mean, p }) => {
    return bps(mean) < low || bps(mean) > high || (p ?? 1) < LEAST_P;
  }).length;
  const above = tested.filter(({ mean }) => (mean ?? 0) > 0).length;
  return `${whole(tested.length)} tested hypotheses, ${whole(tested.filter((h) => h.passed).length)} passed; ${whole(above)} have a mean above 0 after costs. ${why}. Drawn: ${whole(drawn)} dots; those on the same pixel are one, stronger the more they are. Further out, and drawn at the edge: ${whole(edge)}.`;
}

function told(h: Hypothesis, spacing: number): string {
  return `${nameOf(h, spacing)}: ${points(h.mean)} bp after costs, p ${probability(h.p)}, q ${probability(h.q)}`;
}

function bps(value: number | null): number {
  return (value ?? Number.NaN) * 10_000;
}

const decimal: Tick = (value, step) => fixed(value, decimalsOf(step));
