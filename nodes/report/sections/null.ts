import type { SpecOf } from '../../../engine/sdk/index.js';
import type { Calibration } from '../../kinds/calibration.js';
import type { cost } from '../../kinds/cost.js';
import { fillCost } from '../../kinds/costs.js';
import type { Power } from '../../kinds/power.js';
import { type Origin, paragraph, type Section } from '../page/document.js';
import { fixed, percent, points, whole } from '../page/numbers.js';
import { calibrationSection } from './calibration.js';
import { powerLead, powerSection } from './power.js';

const UNMEASURED =
  'How much it misses of what is there was not measured in this lake: make power runs dags/power.yaml, which plants an effect of known size in markets of its own and tells how often it is found; from then on it stands here.';

/** What was measured, and what it is held to here. */
interface Measured {
  readonly calibration: Calibration | undefined;
  readonly power: readonly Power[] | undefined;
  /** Share of false finds that was accepted on this page. */
  readonly fdr: number;
  /** Hypotheses that were tested on this page. */
  readonly tests: number;
  /** What was charged on this page. */
  readonly cost: SpecOf<typeof cost>;
}

/** In a sentence or two, how often what is there is found; or that nobody knows. */
export function powerSummary(power: readonly Power[] = []): readonly string[] {
  if (power.length === 0) {
    return [
      'Power was not measured in this lake (make power): how often an effect that is there is missed is not known here.',
    ];
  }
  return power.map(({ effect, level, rows }) => {
    const found = rows.map((r) => `${points(r.drift, 0)} bp in ${percent(r.found.share, 0)}`);
    return `Power, as last measured in this lake, at q ≤ ${fixed(level, 2)} in simulated markets with ${effect} planted: an effect of ${found.join(', ')} of them was found.`;
  });
}

/** What the same pipeline finds where there is nothing, beside what its q-values promise; then how much it misses of what is there. */
export function placeboSections(
  { calibration, power = [], ...here }: Measured,
  origin: (port: string) => Origin,
): readonly Section[] {
  const found = calibration
    ? calibrationSection(calibration, origin('calibration'))
    : { title: 'Finds where there is nothing', blocks: [paragraph('No placebo was run.')] };
  const missed = power.map((curve) =>
    [
      'Power is what was last measured in this lake, in markets in which an effect of known size was planted.',
      ...powerLead(curve),
      ...elsewhere(curve, here),
    ].join(' '),
  );
  const told = missed.length > 0 ? missed : [UNMEASURED];
  return [
    { ...found, blocks: [...found.blocks, ...told.map(paragraph)] },
    ...power.map((curve) => powerSection(curve, origin('power'))),
  ];
}

type Here = Omit<Measured, 'calibration' | 'power'>;

/** In what the search of this page is another one than the search that was measured. */
function elsewhere({ level, cost, side }: Power, here: Here): readonly string[] {
  const less = here.fdr < level ? 'fewer' : 'more';
  const paid = fillCost(here.cost, undefined, '');
  return [
    ...(here.fdr === level
      ? []
      : [
          `That is at another level than on this page, where q ≤ ${fixed(here.fdr, 2)} is a find: other things equal, an effect of the same size is found in ${less} markets here.`,
        ]),
    ...(cost === here.cost.id && side === paid
      ? []
      : [
          `That is at other costs than on this page, which charges ${here.cost.id}, ${points(paid, 1)} bp a side: the more a trade pays, the less of an effect is left to be found.`,
        ]),
    `On this page ${whole(here.tests)} hypotheses were tested: the more of them, the smaller a p-value has to be.`,
  ];
}
