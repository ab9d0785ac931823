import type { Store } from '../../store/store.js';
import type { RunData } from './run-data.js';

/** The run a person means, the last one by default. @throws runs/none, runs/unknown, runs/ambiguous */
export async function openRun(
  { lake, store }: { readonly lake: string; readonly store: Store },
  name = 'last',
): Promise<RunData> {
  const { findRun } = await import('../../ledger/runs.js');
  const { RunData } = await import('./run-data.js');
  return new RunData(store, findRun(lake, name));
}
