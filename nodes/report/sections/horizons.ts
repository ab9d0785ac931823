import type { Block, Origin } from '../page/document.js';
import type { Tick } from '../page/drawing.js';
import { type Estimate, forestPlot, type Stand } from '../page/forest.js';
import { decimalsOf, fixed, lasting, NOTHING, points } from '../page/numbers.js';
import { byEvidence, type Hypothesis, kindOf } from './found.js';
import { BAND } from './paths.js';

/** Most kinds that are drawn where something survived, and where nothing did. */
const [SURVIVORS, NEAREST] = [12, 6] as const;

/** Expectancy by holding time of the kinds that survived; where none did, of those that came nearest. */
export function horizonPlot(
  hypotheses: readonly Hypothesis[],
  spacing: number,
  origin: Origin,
): readonly Block[] {
  const tested = hypotheses.filter(({ p }) => p !== null).sort(byEvidence);
  const passed = tested.filter((h) => h.passed);
  const leading = passed.length > 0 ? passed : tested;
  const all = [...new Set(leading.map(kindOf))];
  const kinds = all.slice(0, passed.length > 0 ? SURVIVORS : NEAREST);
  if (kinds.length === 0) return [];
  const stands = kinds.map((kind) => standOf(kind, hypotheses, spacing));
  const which = passed.length > 0 ? 'of what survived' : 'of what came nearest; nothing survived';
  const title = `Expectancy by holding time, ${which}`;
  const bare = tested.every(({ se }) => se === null);
  const left = all.length - kinds.length;
  return [
    {
      kind: 'plot',
      title,
      svg: forestPlot(stands, {
        title,
        tick: decimal,
        label: 'basis points an occurrence, after costs',
      }),
      says: [
        ...stands.map((s) => `${s.title}: ${s.estimates.map(({ says }) => says).join(', ')}.`),
        bare
          ? 'The candidates tell no standard error, so there are no intervals.'
          : `Intervals of 95 %: the mean ± ${BAND} standard errors, where what was tested is the mean. One kind was tried with several holding times, and the best of them looks better than it is.`,
        ...(passed.length > 0 && left > 0
          ? [`${left} more kinds survived and are not drawn.`]
          : []),
        ...(passed.length > 0 ? ['Faint: holding times that did not pass.'] : []),
      ].join(' '),
      origin,
    },
  ];
}

function standOf(kind: string, hypotheses: readonly Hypothesis[], spacing: number): Stand {
  const own = hypotheses.filter((h) => kindOf(h) === kind);
  const estimates = own.sort((a, b) => a.horizon - b.horizon).map((h) => estimateOf(h, spacing));
  return { title: kind, estimates };
}

function estimateOf(h: Hypothesis, spacing: number): Estimate {
  const name = lasting(h.horizon * spacing);
  const mean = (h.mean ?? NaN) * 10_000;
  const half = intervalOf(h) * 10_000;
  const told = Number.isFinite(half) ? ` ± ${fixed(half, 1)}` : '';
  const value = points(h.mean);
  return {
    name,
    mean,
    low: mean - half,
    high: mean + half,
    strong: h.passed,
    says: `${name} ${value === NOTHING ? 'not tested' : `${value}${told} bp`}`,
  };
}

/** Half the width of the interval; NaN where the standard error is not told, or is not that of the mean. */
function intervalOf({ judged, se }: Hypothesis): number {
  return judged === null || judged === 'mean' ? BAND * (se ?? NaN) : NaN;
}

const decimal: Tick = (value, step) => fixed(value, decimalsOf(step));
