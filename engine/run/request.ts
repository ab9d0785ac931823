import type { StartedBy } from '../ledger/manifest.js';
import type { Summary } from './events.js';
import type { Answer } from './standing/standing.js';

/** How a pipeline is to be run; none of it is in keys. */
export interface RunOptions {
  readonly threads: number;
  /** Bytes. */
  readonly memory: number;
  readonly failFast: boolean;
  readonly durability: 'relaxed' | 'run';
  /** A run that is only compared with another: it publishes nothing, and no data are too poor for it. */
  readonly compared?: boolean;
  /** What is published where tables are split becomes this run's alone: items, periods and rows that it does not have go. */
  readonly prune?: boolean;
  /** The command that asks, if not `run`: its run is not the last one, and publishes nothing. */
  readonly by?: StartedBy;
  /** Mean seconds of an item of a stage, from earlier runs. */
  readonly history: () => ReadonlyMap<string, number>;
}

export interface RunResult {
  readonly run: string;
  readonly summary: Summary;
  /** 0 done, 1 an item failed, 130 interrupted. */
  readonly exit: 0 | 1 | 130;
  /** What the same command line finds as long as nothing has moved. */
  readonly answer: Answer | undefined;
}

/** Whether a run publishes: what only a test looks at is no dataset. */
export function publishes({ compared, by = 'run' }: RunOptions): boolean {
  return !compared && by === 'run';
}
