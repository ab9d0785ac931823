import type { Summary } from '../../run/events.js';
import type { Store } from '../../store/store.js';
import type { Io } from './io.js';

/** How a run ended, and the small tables among the pipeline's outputs. */
export async function conclude(
  where: { readonly lake: string; readonly store: Store },
  pipeline: string,
  run: string,
  summary: Summary,
  io: Io,
): Promise<void> {
  const { summaryText } = await import('../../report/summary.js');
  io.out(`${summaryText(pipeline, run, summary, { color: io.color.out })}\n`);
  if (!Object.values(summary.outs).some((out) => out.kind === 'frame')) return;
  const { outTables } = await import('./out-tables.js');
  for (const text of await outTables(where, run, io.width)) io.out(`\n${text}\n`);
}
