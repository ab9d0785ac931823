import type { Calibration } from '../../kinds/calibration.js';
import { percent, probability, whole } from '../page/numbers.js';
import { calibrationLead } from './calibration.js';
import type { Hypothesis } from './found.js';

/** How far what passed the gates came afterwards. */
export interface Afterwards {
  /** Those that held out of sample; null where nothing looked. */
  readonly tradable: number | null;
  /** Those that were promoted; null where nothing was to be promoted. */
  readonly promoted: number | null;
}

interface Evidence extends Afterwards {
  readonly hypotheses: readonly Hypothesis[];
  readonly simulated: boolean;
  /** Share of false finds that was accepted. */
  readonly fdr: number;
  readonly calibration: Calibration | undefined;
  /** What markets without effects it is of. */
  readonly made: string;
}

/** What survived of how many, whether that is to be believed, and what the placebo says. */
export function researchLead(evidence: Evidence): readonly string[] {
  return [`${survived(evidence)} ${belief(evidence)}`, ...placeboLead(evidence)];
}

/** What was found where there is nothing to find, or that nobody looked. */
function placeboLead({ calibration, made }: Evidence): readonly string[] {
  if (!calibration) {
    return [
      'No placebo was run: how often the same pipeline finds something where there is nothing is not known here.',
    ];
  }
  return [`Placebo, on ${made}: ${calibrationLead(calibration).join(' ')}`];
}

function survived({ hypotheses, tradable, promoted, fdr }: Evidence): string {
  const tested = hypotheses.filter(({ p }) => p !== null).length;
  const passed = hypotheses.filter((h) => h.passed).length;
  const q = hypotheses.reduce((least, h) => Math.min(least, h.q ?? Infinity), Infinity);
  const tried = `Of ${whole(hypotheses.length)} hypotheses ${whole(tested)} could be tested`;
  const least = Number.isFinite(q) ? ` (least q ${probability(q)})` : '';
  if (passed === 0) {
    return `${tried}, and none survived the correction and the gates${least}. That is the result, not a failure.`;
  }
  const after = [
    ...(tradable === null ? [] : [`${whole(tradable)} held out of sample`]),
    ...(promoted === null
      ? []
      : [`${whole(promoted)} became ${promoted === 1 ? 'a blueprint' : 'blueprints'}`]),
  ];
  const later = after.length === 0 ? '' : `; of these ${after.join(' and ')}`;
  return `${tried}, and ${whole(passed)} survived the correction and every gate${least}${later}. The correction lets ${percent(fdr, 0)} of what it finds be false, on average.`;
}

/** One sentence, by what is missing first. */
function belief({ hypotheses, tradable, simulated, calibration }: Evidence): string {
  if (!hypotheses.some((h) => h.passed)) return 'There is nothing to believe.';
  if (simulated) {
    return 'Believable: of the simulator only; what survived says nothing of a real market.';
  }
  if (tradable === null) {
    return 'Believable: not yet, as no bridge was run; every number here is of the rows in which it was found.';
  }
  if (tradable === 0) return 'Believable: no, as nothing held on rows in which it was not found.';
  if (!calibration) {
    return 'Believable: only as far as the correction is, as no placebo was run beside it.';
  }
  return calibration.levels.every(({ kept }) => kept)
    ? 'Believable: as far as one window out of sample goes, and the placebo does not speak against the correction.'
    : 'Believable: no, as the placebo finds more where there is nothing than was promised.';
}
