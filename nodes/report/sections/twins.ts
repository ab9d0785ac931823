import type { Frame } from '../../../engine/sdk/index.js';
import { enumerated, numberIn, type Row, textIn } from './read.js';

/** How many combinations there are and how many results: what chose the same is one result under several names. */
export function combinations(matrix: Frame): string {
  const rows = [...matrix.rows()];
  const results = new Set(rows.map((row) => numberIn(row, 'result')));
  const count = rows.length === 1 ? 'One combination' : `${rows.length} combinations`;
  if (results.size === rows.length) return `${count} compared.`;
  const same = (['scorer', 'profile'] as const).flatMap((name) => alike(rows, name));
  const who = same.length === 0 ? '' : `: ${same.join('; ')}`;
  const distinct = `${results.size} distinct result${results.size === 1 ? '' : 's'}`;
  return `${count}, ${distinct}${who}.`;
}

/** Values of one dimension that brought the same in every combination with the others. */
function alike(rows: readonly Row[], name: 'scorer' | 'profile'): readonly string[] {
  const other = name === 'scorer' ? 'profile' : 'scorer';
  const traces = new Map<string, string[]>();
  for (const row of rows) {
    const place = `${textIn(row, 'rhythm')}/${textIn(row, other)}/${numberIn(row, 'result')}`;
    traces.set(textIn(row, name), [...(traces.get(textIn(row, name)) ?? []), place]);
  }
  const groups = new Map<string, string[]>();
  for (const [value, places] of traces) {
    const trace = [...places].sort().join();
    groups.set(trace, [...(groups.get(trace) ?? []), value]);
  }
  return [...groups.values()]
    .filter((values) => values.length > 1)
    .map((values) => `${name}s ${enumerated(values)} brought the same everywhere`);
}
