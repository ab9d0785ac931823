import { describe, expect, it } from '@jest/globals';
import { digestOf } from '../../../engine/expr/node.js';
import { compile, evaluate } from '../../../engine/expr/program.js';
import { Frame } from '../../../engine/frame/frame.js';
import { bars, barTable, compileAll, definition } from './kit.js';

/** Programs made to exhaust the stack or the patience of whoever compiles them. */
const ROWS = 12;
const self = Frame.of({
  x: Array.from({ length: ROWS }, (_, i) => i),
  y: Array.from({ length: ROWS }, (_, i) => ROWS - i),
}).with('ts', { dtype: 'time', values: bars(ROWS) });
const tables = { self: barTable(['x', 'y']), benchmark: barTable(['x', 'y']) };

/** f0 is the first formula; each further one is made of those before it. */
function chain(length: number, first: string, next: (i: number) => string) {
  const ids = Array.from({ length }, (_, i): [string, string] => [`f${i}`, i ? next(i) : first]);
  return Object.fromEntries(ids);
}

function last(formulas: Readonly<Record<string, string>>, id: string) {
  const { program, problems } = compileAll(formulas, tables);
  const column = program.columns.find((c) => c.id === id);
  expect(problems.filter((p) => p.severity === 'error')).toEqual([]);
  if (column === undefined) throw new Error(`There is no column ${id}.`);
  return { column, values: evaluate(program, { self, benchmark: self }, [id]).column(id) };
}

describe('long programs', () => {
  it('a chain of 1,000 definitions compiles, is digested and evaluated', () => {
    const { column, values } = last(
      chain(1_000, 'x', (i) => `f${i - 1} + 1`),
      'f999',
    );
    expect(digestOf(column.node)).toMatch(/^[0-9a-f]{64}$/);
    expect(values[1]).toBe(1_000);
  });

  it('so does one whose uses stand before the definitions', () => {
    const forwards = chain(1_000, 'x', (i) => `f${i - 1} + 1`);
    const backwards = Object.fromEntries(Object.entries(forwards).reverse());
    expect(last(backwards, 'f999').values[1]).toBe(1_000);
  });

  it('a definition used twice at each of 60 steps is computed once', () => {
    const { column } = last(
      chain(60, 'x', (i) => `f${i - 1} - f${i - 1} / 2`),
      'f59',
    );
    expect(digestOf(column.node)).toMatch(/^[0-9a-f]{64}$/);
  });

  it('limits that branch at each of 60 steps are looked through once', () => {
    const limits = chain(60, 'y', (i) => `max(f${i - 1}, -f${i - 1})`);
    expect(last({ ...limits, out: 'if(x > f59, 1, 2)' }, 'out').values[0]).toBe(2);
  });

  it('a leak below 60 steps that branch is found at once', () => {
    const steps = chain(60, 'x', (i) => (i < 2 ? 'f0 + 1' : `f${i - 1} + f${i - 2}`));
    const { problems } = compileAll({ ...steps, z: 'ahead(x, 3)', out: 'f59 + z' }, tables);
    expect(problems.map((p) => [p.code, p.message])).toEqual([
      ['expr/looks-ahead', 'z → ahead(x, 3) (line 1): known 3 bars after the decision.'],
    ]);
  });

  it('a chain that is seen from another table is refused beyond a depth', () => {
    const steps = chain(1_000, 'x', (i) => `f${i - 1} + 1`);
    const { problems } = compileAll({ ...steps, out: 'benchmark.f999' }, tables);
    expect(problems.map((p) => p.code)).toContain('expr/too-involved');
    expect(problems.every((p) => p.place !== undefined)).toBe(true);
    expect(
      last({ ...chain(100, 'x', (i) => `f${i - 1} + 1`), out: 'benchmark.f99' }, 'out').values[1],
    ).toBe(100);
  });

  it('circles of any length are told', () => {
    const { program, problems } = compileAll(
      chain(1_000, 'f999', (i) => `f${i - 1} + 1`),
      tables,
    );
    expect(problems.map((p) => p.code)).toEqual(['expr/cycle']);
    expect(program.columns).toEqual([]);
    const around = compileAll({ a: 'benchmark.a + 1' }, tables);
    expect(around.problems.map((p) => p.code)).toEqual(['expr/cycle']);
  });
});

describe('names that objects have', () => {
  it('are ids like any other', () => {
    const ids = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];
    const definitions = ids.map((id, i) => definition(id, `x + ${i}`));
    const { program, problems } = compile(definitions, tables, { admit: 'feature' });
    expect(problems).toEqual([]);
    const frame = evaluate(program, { self, benchmark: self });
    expect(ids.map((id) => frame.column(id)[0])).toEqual([0, 1, 2, 3]);
  });

  it('are no columns of their own', () => {
    const codes = (text: string) => compileAll({ out: text }, tables).problems.map((p) => p.code);
    expect(codes('benchmark.toString')).toEqual(['expr/unknown-column']);
    expect(codes('toString.x')).toEqual(['expr/unknown-table']);
  });
});

describe('what leaks', () => {
  it('takes all that is made of it out of the program', () => {
    const { program, problems } = compileAll(
      { z: 'ahead(x, 3)', g: 'z + 1', h: 'g * 2', sound: 'x' },
      tables,
    );
    expect(problems.map((p) => p.code)).toEqual(['expr/looks-ahead']);
    expect(program.columns.map((c) => c.id)).toEqual(['sound']);
    expect(program.order).toEqual(['sound']);
  });
});
