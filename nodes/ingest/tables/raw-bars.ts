import type { Shape } from '../../../engine/sdk/index.js';
import { RAW_TABLES } from '../../kinds/raw-tables.js';

/** The columns of raw bars, known when a bar of so many milliseconds is over. */
export function rawBarsShape(spacing: number): Shape {
  const facts = { taint: 'feature', delay: spacing } as const;
  const numbers = Object.entries(RAW_TABLES.bars).map(([name, unit]) => {
    return { name, dtype: 'f64', unit, ...facts } as const;
  });
  return { columns: [{ name: 'ts', dtype: 'time', ...facts }, ...numbers] };
}
