import type { SpecOf } from '../../engine/sdk/index.js';
import type { market } from './market.js';

/** Where trials on a market are kept, by its source: what was tried on a made-up market must not weigh on a real one. */
export const TRIAL_SET: Readonly<Record<SpecOf<typeof market>['source'], string | null>> = {
  simulator: 'simulated',
  files: null,
};

/** The set of trials of real markets, which share one: rows of it name none. */
export const SHARED_SET = 'main';
