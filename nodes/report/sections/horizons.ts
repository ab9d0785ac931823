import type { Block, Origin } from '../page/document.js';
import type { Tick } from '../page/drawing.js';
import { type Estimate, forestPlot, type Stand } from '../page/forest.js';
import { decimalsOf, fixed, lasting, NOTHING, points } from '../page/numbers.js';
import { claimOf, halfWidth, meanError } from './claims.js';
import { byNearness, type Hypothesis, kindOf } from './found.js';
import { ORDER } from './misses.js';

/** Most kinds that are drawn where something survived, and where nothing did. */
const [SURVIVORS, NEAREST] = [12, 6] as const;

/** Expectancy by holding time of the kinds that survived; where none did, of those that came nearest. */
export function horizonPlot(
  hypotheses: readonly Hypothesis[],
  spacing: number,
  origin: Origin,
): readonly Block[] {
  const tested = hypotheses.filter(({ p }) => p !== null).sort(byNearness);
  const passed = tested.filter((h) => h.passed);
  const leading = passed.length > 0 ? passed : tested;
  const all = [...new Set(leading.map(kindOf))];
  const kinds = all.slice(0, passed.length > 0 ? SURVIVORS : NEAREST);
  if (kinds.length === 0) return [];
  const stands = kinds.map((kind) => standOf(kind, hypotheses, spacing));
  const which = passed.length > 0 ? 'of what survived' : 'of what came nearest; nothing survived';
  const title = `Expectancy by holding time, ${which}`;
  const bare = tested.every((h) => Number.isNaN(meanError(h)));
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
          : 'Drawn: the mean after costs with its interval of 95 %, its error by days times t with days − 1 degrees, whatever was tested. In brackets what was tested where that is not the mean, with its interval by the same degrees.',
        `In order of the best of each kind: ${ORDER}, as in the table of misses. One kind was tried with several holding times, and the best of them looks better than it is.`,
        ...(passed.length > 0 && left > 0
          ? [`${left === 1 ? 'One more kind' : `${left} more kinds`} survived; not drawn.`]
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
  const half = halfWidth(h, meanError(h)) * 10_000;
  const claim = h.p === null ? undefined : claimOf(h);
  const told = Number.isFinite(half) ? ` ± ${fixed(half, 1)}` : '';
  const value = points(h.mean);
  return {
    name,
    mean,
    low: mean - half,
    high: mean + half,
    strong: h.passed,
    says: `${name} ${value === NOTHING ? 'not tested' : `${value}${told} bp`}${claim ? ` (${claim})` : ''}`,
  };
}

const decimal: Tick = (value, step) => fixed(value, decimalsOf(step));
