import type { Calibration } from '../../kinds/calibration.js';
import { type Origin, paragraph, type Section } from '../page/document.js';
import { calibrationSection } from './calibration.js';

/** What the same pipeline finds where there is nothing, beside what its q-values promise. */
export function placeboSection(
  calibration: Calibration | undefined,
  origin: (port: string) => Origin,
): Section {
  return calibration
    ? calibrationSection(calibration, origin('calibration'))
    : { title: 'Finds where there is nothing', blocks: [paragraph('No placebo was run.')] };
}
