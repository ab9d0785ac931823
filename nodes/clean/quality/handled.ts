import type { Frame } from '../../../engine/sdk/index.js';
import type { Extent } from './extent.js';

/** A clean table, and what had to be done to its rows. */
export interface Handled {
  readonly frame: Frame;
  /** Tables on the grid of bars: where the source begins and ends. */
  readonly extent?: Extent;
  /** Rows that came broken and are missing in whole or in part, or contradict others, by reason. */
  readonly faults: Readonly<Record<string, number>>;
  /** Rows that were left out, by reason. */
  readonly dropped: Readonly<Record<string, number>>;
}
