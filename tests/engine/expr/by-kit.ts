import { expect } from '@jest/globals';
import { evaluate } from '../../../engine/expr/program.js';
import { Frame } from '../../../engine/frame/frame.js';
import { bars, barTable, column, compileAll, listsOf, type Values } from './kit.js';

/** Columns by name; their types are seen from their cells. */
export type Rows = Readonly<Record<string, readonly (number | string | boolean | null)[]>>;

/** Evaluate formulas over columns of 5-minute bars; gives that of `out`. */
export function lists(formulas: Readonly<Record<string, string>>, columns: Rows): Values {
  const rows = Object.values(columns)[0]?.length ?? 0;
  const kinds = Object.entries(columns).map(([name, cells]) => {
    const known = cells.find((v) => v !== null);
    return [
      name,
      column(typeof known === 'string' ? 'text' : typeof known === 'boolean' ? 'bool' : 'f64'),
    ];
  });
  const { program, problems } = compileAll(formulas, {
    self: barTable([], Object.fromEntries(kinds)),
  });
  if (problems.length > 0) throw new Error(problems.map((p) => p.message).join('\n'));
  return listsOf(evaluate(program, { self: selfOf(columns, bars(rows)) }, ['out'])).out ?? [];
}

/** Columns as a frame with these times. */
export function selfOf(columns: Rows, ts: Float64Array): Frame {
  const own = Object.entries(columns).map(([name, cells]) => [name, [...cells]]);
  return Frame.of(Object.fromEntries(own)).with('ts', { dtype: 'time', values: ts });
}

/** Equal, numbers but for their last digits. */
export function close(a: unknown, b: unknown, what = ''): void {
  if (typeof a === 'number' && typeof b === 'number') {
    if (Math.abs(a - b) > 1e-9 * Math.max(1, Math.abs(a))) throw new Error(`${what}: ${a}, ${b}`);
  } else expect([what, a]).toEqual([what, b]);
}
