import type { CaseRows, Cell, OperatorCase } from '../../../engine/expr/op-case.js';
import {
  evaluate,
  evaluateUniverse,
  type Program,
  SHOWN,
  type TableFacts,
} from '../../../engine/expr/program.js';
import { Frame } from '../../../engine/frame/frame.js';
import { bars, barTable, column, compileAll, listsOf, START, type Values } from './kit.js';

const MINUTE = 60_000;
/** When a row starts, and when it is seen, both in minutes after the open of the first bar. */
const TIMES = ['minute', 'seen'];

/** What an example of an operator really gives, for the item `AAA`. */
export function workedOut(one: OperatorCase): Values {
  const rows = Object.values(one.rows)[0]?.length ?? 0;
  const self = frameOf(one.rows, bars(rows));
  const others = Object.entries(one.others ?? {}).map(([id, columns]): [string, Frame] => {
    const length = Object.values(columns)[0]?.length ?? 0;
    return [id, frameOf(columns, bars(length))];
  });
  const tables = Object.entries(one.tables ?? {}).map(([name, columns]) => tableOf(name, columns));
  const facts = Object.fromEntries(tables.map((t) => [t.name, t.facts]));
  const program = compiled(one.call, { self: barFacts(self), ...facts });
  const frames = Object.fromEntries(tables.map((t) => [t.name, t.frame]));
  const bySymbol = new Map(
    [['AAA', self] as const, ...others].map(([id, frame]) => [id, { self: frame, ...frames }]),
  );
  const found =
    program.columns[0]?.scope === 'universe'
      ? evaluateUniverse(program, bySymbol, ['out'], SHOWN).get('AAA')
      : evaluate(program, { self, ...frames }, ['out'], { symbol: 'AAA', ...SHOWN });
  return found === undefined ? [] : (listsOf(found).out ?? []);
}

/** Whether what was found is what was to come out; missing only where nothing was to. */
export function agrees(found: Values, one: OperatorCase): boolean {
  const within = one.within ?? 1e-12;
  return (
    found.length === one.gives.length &&
    one.gives.every((expected, row) => {
      const own = found[row];
      if (typeof expected !== 'number' || typeof own !== 'number') return own === expected;
      return Math.abs(own - expected) <= within * (1 + Math.abs(expected));
    })
  );
}

function compiled(call: string, tables: Readonly<Record<string, TableFacts>>): Program {
  const admit = call.includes('ahead(') ? 'target' : 'feature';
  const { program, problems } = compileAll({ out: call }, tables, { admit });
  const errors = problems.filter((p) => p.severity === 'error');
  if (errors.length > 0) throw new Error(errors.map((p) => `${p.code} ${p.message}`).join('\n'));
  return program;
}

function frameOf(columns: CaseRows, ts: Float64Array): Frame {
  const cells = Object.entries(columns).map(([name, values]) => [name, filled(values)]);
  return Frame.of(Object.fromEntries(cells)).with('ts', { dtype: 'time', values: ts });
}

/** Holes of numbers are NaN; a column of holes alone is one of numbers. */
function filled(cells: readonly Cell[]): readonly Cell[] {
  const known = cells.find((c) => c !== null);
  if (known !== undefined && typeof known !== 'number') return cells;
  return cells.map((c) => c ?? Number.NaN);
}

function barFacts(frame: Frame): TableFacts {
  const fields = frame.fields.filter((f) => f.name !== 'ts');
  // Closes are prices at an instant, so that targets may be made of them.
  const facts = fields.map((f) => [f.name, column(f.dtype, { instant: f.name === 'close' })]);
  return barTable([], Object.fromEntries(facts));
}

function tableOf(name: string, columns: CaseRows) {
  const minutes = times(columns.minute ?? []);
  const values = Object.entries(columns).filter(([id]) => !TIMES.includes(id));
  const plain = frameOf(Object.fromEntries(values), minutes);
  const { seen } = columns;
  const frame =
    seen === undefined ? plain : plain.with('seen', { dtype: 'time', values: times(seen) });
  const facts: TableFacts = {
    clock: name,
    nominal: (minutes[1] ?? 0) - (minutes[0] ?? 0),
    columns: new Map(frame.fields.map((f) => [f.name, column(f.dtype)])),
    ...(seen === undefined ? {} : { available: 'seen' }),
  };
  return { name, frame, facts };
}

function times(minutes: readonly Cell[]): Float64Array {
  return Float64Array.from(minutes, (m) => START + Number(m) * MINUTE);
}
