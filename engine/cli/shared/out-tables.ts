import { isFrame } from '../../frame/frame.js';
import { frameTable } from '../../report/frame.js';
import type { Store } from '../../store/store.js';
import { openRun } from './run-open.js';

/** Tables with more rows or columns than this are not printed after a run. */
const ROWS = 40;
const COLUMNS = 16;
/** Enough to compare; `dag show` has more. */
const DIGITS = 3;

/** The pipeline's outputs that are small tables, as text under their names. */
export async function outTables(
  where: { readonly lake: string; readonly store: Store },
  id: string,
  width: number,
): Promise<readonly string[]> {
  const run = await openRun(where, id);
  return Object.entries(run.manifest.outs).flatMap(([name, reference]) => {
    const stage = reference.slice(0, reference.lastIndexOf('.'));
    const items = run.items.filter((i) => i.stage === stage);
    if (items.length !== 1 || items.every((i) => run.record(i) === undefined)) return [];
    const [output] = run.outputs(reference);
    if (
      output?.stored.kind !== 'frame' ||
      output.stored.rows > ROWS ||
      output.stored.columns.length > COLUMNS
    )
      return [];
    const value = run.value(output);
    return isFrame(value)
      ? [`${name}\n${frameTable(value, { rows: ROWS, width, digits: DIGITS })}`]
      : [];
  });
}
