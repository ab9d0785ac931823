import { describe, expect, it } from '@jest/globals';
import { type CheckPort, evaluateCheck } from '../../../engine/expr/check.js';
import { samplePort } from '../../../engine/graph/sample.js';
import type { Shape } from '../../../engine/sdk/index.js';
import { parse } from '../expr/kit.js';

const doc = 'A port.';
const SCHEMA = {
  type: 'object',
  additionalProperties: false,
  properties: {
    bars: { type: 'integer' },
    ok: { type: 'boolean' },
    name: { type: 'string' },
    months: { type: 'array' },
    open: {},
  },
} as const;
const column = (name: string, dtype: 'f64' | 'bool' | 'text' | 'time') =>
  ({ name, dtype, taint: 'feature', delay: 0 }) as const;
const shape: Shape = {
  columns: [column('x', 'f64'), column('up', 'bool'), column('name', 'text'), column('ts', 'time')],
};

/** What a check formula gives on samples of ports. */
function on(text: string, ports: Readonly<Record<string, CheckPort | undefined>>) {
  const known = Object.entries(ports).flatMap(([name, port]) => (port ? [[name, port]] : []));
  return evaluateCheck(parse(text), Object.fromEntries(known));
}

describe('samples of ports', () => {
  it('tables have a row of every type their shape promises', () => {
    const table = samplePort({ kind: 'frame', doc }, shape);
    const many = samplePort({ kind: 'frame', doc, many: { min: 1 } }, shape);
    for (const port of [table, many]) {
      const text =
        "rows(t) == 1 and sum(t.x) > 0 and all(t.up) and any(t.name == 'text') and last(t.ts) >= 0";
      expect(on(text, { t: port })).toBe(true);
      expect(() => on('sum(t.y) > 0', { t: port })).toThrow('no column "y"');
      expect(() => on('sum(t.name) > 0', { t: port })).toThrow('takes numbers, found text');
    }
  });

  it('plain data have the fields of their schema and no other', () => {
    const port = samplePort({ kind: 'json', doc, schema: SCHEMA }, undefined);
    expect(on("q.bars > 0 and q.ok and q.name == 'text'", { q: port })).toBe(true);
    expect(on('q.open > 0', { q: port })).toBe(null);
    expect(() => on('q.bras > 0', { q: port })).toThrow('no field "bras"');
    expect(() => on('q.months > 0', { q: port })).toThrow('a list');
    expect(() => on('q.name > 0', { q: port })).toThrow('text');
  });

  it('what a port does not tell is not known: open tables, open schemas, gathered scalars', () => {
    expect(samplePort({ kind: 'frame', doc }, undefined)).toBeUndefined();
    expect(samplePort({ kind: 'frame', doc }, { ...shape, open: true })).toBeUndefined();
    expect(samplePort({ kind: 'json', doc }, undefined)).toBeUndefined();
    const open = { ...SCHEMA, additionalProperties: true };
    expect(samplePort({ kind: 'json', doc, schema: open }, undefined)).toBeUndefined();
    expect(samplePort({ kind: 'scalar', doc, many: { min: 1 } }, undefined)).toBeUndefined();
  });

  it('a scalar may be anything but a table', () => {
    const port = samplePort({ kind: 'scalar', doc }, undefined);
    for (const text of ['s > 1', "s == 'a'", 'not s', 's in [1, 2]', "s in ['a']"])
      expect(on(text, { s: port })).toBe(null);
    expect(() => on('rows(s) > 0', { s: port })).toThrow('has no rows');
    expect(() => on('sum(s) > 0', { s: port })).toThrow('needs a column');
  });
});
