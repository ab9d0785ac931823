import type { Calibration } from '../../kinds/calibration.js';
import type { Power } from '../../kinds/power.js';
import { type Origin, paragraph, type Section } from '../page/document.js';
import { calibrationSection } from './calibration.js';
import { powerLead } from './power.js';

const UNMEASURED =
  'How much it misses of what is there was not measured for this page: dag run dags/power.yaml plants an effect of known size in markets of its own and tells how often it is found.';

/** What the same pipeline finds where there is nothing, beside what its q-values promise; and how much it misses. */
export function placeboSection(
  calibration: Calibration | undefined,
  power: readonly Power[] | undefined,
  origin: (port: string) => Origin,
): Section {
  const found = calibration
    ? calibrationSection(calibration, origin('calibration'))
    : { title: 'Finds where there is nothing', blocks: [paragraph('No placebo was run.')] };
  const missed = power
    ? `Power, in markets in which an effect of known size was planted: ${power.flatMap(powerLead).join(' ')}`
    : UNMEASURED;
  return { ...found, blocks: [...found.blocks, paragraph(missed)] };
}
