import { describe, expect, it } from '@jest/globals';
import { flagColumn, timeColumn } from '../../../engine/frame/build.js';
import { frameBytes } from '../../../engine/frame/bytes.js';
import { Frame, isFrame } from '../../../engine/frame/frame.js';
import { textColumn } from '../../../engine/frame/text.js';
import { expectFrame, frame } from '../../kit/frame.js';
import { expectRefusal, refusalOf } from './kit/refusal.js';

const base = frame(
  { ts: [0, 1, 2], close: [1, Number.NaN, 3], up: [true, null, false], name: ['b', null, 'a'] },
  { close: 'usd' },
);

describe('Frame.of', () => {
  it('sees the type of plain values', () => {
    expect(base.fields).toEqual([
      { name: 'ts', dtype: 'time' },
      { name: 'close', dtype: 'f64', unit: 'usd' },
      { name: 'up', dtype: 'bool' },
      { name: 'name', dtype: 'text' },
    ]);
    expect(base.length).toBe(3);
    expect([...base.rows()]).toEqual([
      { ts: 0, close: 1, up: true, name: 'b' },
      { ts: 1, close: null, up: null, name: null },
      { ts: 2, close: 3, up: false, name: 'a' },
    ]);
  });

  it('takes empty lists for numbers', () => {
    expect(frame({ a: [] }).fields).toEqual([{ name: 'a', dtype: 'f64' }]);
  });

  it('keeps names that would touch a prototype as plain names', () => {
    const odd = Frame.of(JSON.parse('{"__proto__": [1], "constructor": [2]}'));
    expect(odd.names).toEqual(['__proto__', 'constructor']);
    expect(odd.has('toString')).toBe(false);
    expect(Object.keys([...odd.rows()][0] ?? {})).toEqual(['__proto__', 'constructor']);
  });

  it.each([
    [
      'unequal lengths',
      { a: [1], b: [1, 2] },
      'frame/unequal-lengths',
      { column: 'b', length: 2, expected: 1 },
    ],
    ['only nulls', { a: [null, null] }, 'frame/untyped-values', { column: 'a' }],
  ])('refuses %s', (_, columns, code, facts) => {
    expectRefusal(() => Frame.of(columns), code, facts);
  });

  it('refuses a list that mixes types', () => {
    const columns = JSON.parse('{"a": [1, 2, "x"]}');
    expectRefusal(() => Frame.of(columns), 'frame/mixed-values', {
      first: 'number',
      other: 'string',
      row: 2,
    });
    expectRefusal(() => Frame.of(JSON.parse('{"a": [1, null]}')), 'frame/mixed-values', {
      other: 'null',
    });
  });
});

describe('reading columns', () => {
  it('names the nearest column', () => {
    const [problem] = refusalOf(() => base.column('clse'));
    expect(problem).toMatchObject({ code: 'frame/no-column', facts: { column: 'clse' } });
    expect(problem?.hint).toBe('did you mean "close"?');
  });

  it.each([
    ['column', () => base.column('up'), { column: 'up', found: 'bool', expected: 'f64' }],
    ['flags', () => base.flags('close'), { column: 'close', found: 'f64', expected: 'bool' }],
    ['texts', () => base.texts('ts'), { column: 'ts', found: 'time', expected: 'text' }],
    ['time', () => base.time('close'), { column: 'close', found: 'f64', expected: 'time' }],
  ])('%s refuses another type', (_, act, facts) => {
    expectRefusal(act, 'frame/wrong-dtype', facts);
  });

  it('gives times as numbers too', () => {
    expect([...base.column('ts')]).toEqual([0, 1, 2]);
  });
});

describe('changing a frame gives another', () => {
  it('replaces in place, keeps unit and time', () => {
    const next = base.with('close', [4, 5, 6]).with('ts', [7, 8, 9]);
    expect(next.fields).toEqual(base.fields);
    expect([...next.column('close')]).toEqual([4, 5, 6]);
    expect([...base.column('close')]).toEqual([1, Number.NaN, 3]);
  });

  it('drops the unit when the type changes, and takes a given one', () => {
    expect(base.with('close', ['x', 'y', 'z']).unit('close')).toBeUndefined();
    expect(base.with('close', [1, 2, 3], 'eur').unit('close')).toBe('eur');
  });

  it('adds at the end, and starts from nothing', () => {
    expect(base.with('z', [1, 2, 3]).names).toEqual(['ts', 'close', 'up', 'name', 'z']);
    expectFrame(frame({}).with('a', [1, 2])).toEqual(frame({ a: [1, 2] }));
    expectRefusal(() => base.with('z', [1]), 'frame/unequal-lengths', { column: 'z' });
  });

  it('selects, drops and renames', () => {
    expect(base.select(['name', 'ts']).names).toEqual(['name', 'ts']);
    expect(base.without(['ts', 'up']).names).toEqual(['close', 'name']);
    expect(base.rename({ close: 'open' }).fields[1]).toEqual({
      name: 'open',
      dtype: 'f64',
      unit: 'usd',
    });
    expectRefusal(() => base.without(['nope']), 'frame/no-column', { column: 'nope' });
    expectRefusal(() => base.select(['ts', 'ts']), 'frame/duplicate-column', { column: 'ts' });
    expectRefusal(() => base.rename({ close: 'ts' }), 'frame/duplicate-column', { column: 'ts' });
  });

  it('keeps the rows when no column is left', () => {
    expect(base.select([]).length).toBe(3);
    expectRefusal(() => base.select([]).with('a', [1]), 'frame/unequal-lengths', { expected: 3 });
  });

  it('slices into views, with canonical texts', () => {
    const part = base.slice(1);
    expectFrame(part).toEqual(
      frame(
        { ts: [1, 2], close: [Number.NaN, 3], up: [null, false], name: [null, 'a'] },
        { close: 'usd' },
      ),
    );
    expect(part.column('close').buffer).toBe(base.column('close').buffer);
    expect(part.get('name')).toEqual(textColumn([null, 'a']));
    expect(base.slice(-5, 99).length).toBe(3);
    expect(base.slice(2, 1).length).toBe(0);
  });

  it('takes rows, repeats allowed', () => {
    expect([...base.take([2, 2, 0]).texts('name')]).toEqual(['a', 'a', 'b']);
    for (const row of [3, -1, 0.5]) {
      expectRefusal(() => base.take([row]), 'frame/no-row', { row, rows: 3 });
    }
  });
});

describe('the rest', () => {
  it('knows a frame by its brand', () => {
    expect([base, {}, null, [base]].map(isFrame)).toEqual([true, false, false, false]);
  });

  it('counts shared columns once', () => {
    const column = timeColumn([1, 2]);
    expect(frameBytes(Frame.of({ a: column, b: column, c: flagColumn([true, false]) }))).toBe(18);
    expect(frameBytes(frame({ t: ['ab', 'ab'] }))).toBe(12);
  });
});
