import type { TableFacts } from './world.js';

/** The delay with which rows of a table are seen at all. */
export function tableDelay(table: TableFacts): number {
  if (table.delay !== undefined) return table.delay;
  const delays = [...table.columns].filter(([name]) => name !== 'ts').map(([, c]) => c.delay);
  return delays.length === 0 ? 0 : Math.min(...delays);
}
