import { readdirSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { evaluateUniverse, SHOWN } from '../../../engine/expr/program.js';
import { Frame } from '../../../engine/frame/frame.js';
import type { Json, JsonObject } from '../../../engine/yaml/value.js';
import { bars, barTable, column, compileAll, FORMULAS, listsOf, run, shipped } from './kit.js';

type Cells = number[] | (boolean | null)[] | (string | null)[];

/** The cases that stand in each file of spec/formulas, run as they are written. */
describe('composed operators', () => {
  const composed = shipped();

  it('are one a file, named like it', () => {
    const files = readdirSync(FORMULAS).map((f) => f.replace('.yaml', ''));
    expect([...composed.keys()].sort()).toEqual(files.sort());
  });

  for (const [name, one] of composed) {
    const cases = list(one.cases).map(record);
    it(`${name} has cases`, () => expect(cases.length).toBeGreaterThan(0));
    cases.forEach((each, index) => {
      it(`${name}: ${String(each.doc ?? `case ${index + 1}`)}`, () => {
        const given = record(each.with ?? {});
        const columns = record(
          each.rows ?? list(Object.values(record(each.symbols ?? {})))[0] ?? {},
        );
        const series = one.args.filter((a) => a.name in columns).map((a) => a.name);
        const constants = Object.entries(given).map(([k, v]) => `${k}=${String(v)}`);
        const call =
          one.args.length === 0 ? name : `${name}(${[...series, ...constants].join(', ')})`;
        if (each.symbols !== undefined)
          universe(call, record(each.symbols), record(each.gives ?? {}));
        else close(run(call, cells(columns)), list(each.gives ?? []));
      });
    });
  }
});

function universe(call: string, symbols: JsonObject, gives: JsonObject): void {
  const { fields } = Frame.of(cells(record(Object.values(symbols)[0] ?? {})));
  const facts = Object.fromEntries(fields.map((f) => [f.name, column(f.dtype)]));
  const table = barTable([], { ...facts, extra: column('f64') });
  const { program, problems } = compileAll({ out: call }, { self: table });
  expect(problems).toEqual([]);
  const frames = Object.entries(symbols).map(([id, of]): [string, { self: Frame }] => {
    const plain = Frame.of(cells(record(of)));
    return [id, { self: plain.with('ts', { dtype: 'time', values: bars(plain.length) }) }];
  });
  for (const [id, frame] of evaluateUniverse(program, new Map(frames), undefined, SHOWN))
    close(listsOf(frame).out ?? [], list(gives[id] ?? []));
}

function close(found: readonly unknown[], expected: readonly Json[]): void {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, row) => {
    if (typeof value === 'number' && !Number.isNaN(value))
      expect(found[row]).toBeCloseTo(value, 12);
    else expect(found[row]).toBe(typeof value === 'number' ? null : value);
  });
}

function cells(columns: JsonObject): Record<string, Cells> {
  return Object.fromEntries(
    Object.entries(columns).map(([name, values]): [string, Cells] => {
      const rows = list(values);
      const numbers = rows.filter((v) => typeof v === 'number');
      if (numbers.length === rows.length) return [name, numbers];
      if (rows.some((v) => typeof v === 'string'))
        return [name, rows.map((v) => (typeof v === 'string' ? v : null))];
      return [name, rows.map((v) => (typeof v === 'boolean' ? v : null))];
    }),
  );
}

function list(json: Json): readonly Json[] {
  return Array.isArray(json) ? json : [];
}

function record(json: Json): JsonObject {
  return isRecord(json) ? json : {};
}

function isRecord(json: Json): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}
