import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Json } from '../../../engine/diag/data.js';
import { Frame, isFrame } from '../../../engine/frame/frame.js';
import { canonicalJson, decodeJson } from '../../../engine/store/codecs/json.js';
import { Objects } from '../../../engine/store/object.js';
import { chosen, digestOf, objectsOf, type Stored } from '../../../engine/store/stored.js';
import {
  INLINE_BYTES,
  readValue,
  type ValueKind,
  writeValue,
} from '../../../engine/store/value.js';
import { frame, plainFrame } from '../../kit/frame.js';
import { anyColumn } from '../frame/kit/columns.js';
import { expectRefusal } from '../frame/kit/refusal.js';
import { temporaryFolder } from './kit/folder.js';

const bars = frame(
  { ts: [0, 5], close: [1, Number.NaN], open: [1, Number.NaN], by: ['a', null] },
  { close: 'usd' },
);

function framed(objects: Objects, value: Frame): Extract<Stored, { kind: 'frame' }> {
  const stored = writeValue(objects, 'frame', value);
  if (stored.kind !== 'frame') throw new Error('no frame');
  return stored;
}

describe('writeValue and readValue', () => {
  it('keep any frame, bit by bit', () => {
    const objects = new Objects(temporaryFolder());
    const frames = fc
      .integer({ min: 0, max: 6 })
      .chain((rows) => fc.tuple(anyColumn(rows), anyColumn(rows)))
      .map(([a, b]) =>
        Frame.from([
          { name: 'a', column: a, unit: 'x' },
          { name: 'b', column: b },
        ]),
      );
    fc.assert(
      fc.property(frames, (value) => {
        const read = readValue(objects, framed(objects, value));
        expect(read.state === 'ok' && isFrame(read.value) && plainFrame(read.value)).toEqual(
          plainFrame(value),
        );
      }),
      { seed: 3, numRuns: 60 },
    );
  });

  it('store equal columns once and read only what is asked for', () => {
    const objects = new Objects(temporaryFolder());
    const stored = framed(objects, bars);
    expect(objects.list()).toHaveLength(3);
    const [ts, close, open] = stored.columns;
    expect(close?.object).toBe(open?.object);
    if (ts) objects.remove(ts.object);
    const part = readValue(objects, stored, ['open', 'by']);
    expect(part.state === 'ok' && isFrame(part.value) && part.value.names).toEqual(['open', 'by']);
    expect(readValue(objects, stored)).toEqual({
      state: 'lost',
      objects: [{ state: 'missing', hash: ts?.object }],
    });
  });

  it('keep the rows of a frame without columns', () => {
    const objects = new Objects(temporaryFolder());
    const read = readValue(objects, framed(objects, bars), []);
    expect(read.state === 'ok' && isFrame(read.value) && read.value.length).toBe(2);
  });

  it('keep small json in the record and large json as an object', () => {
    const objects = new Objects(temporaryFolder());
    const small = writeValue(objects, 'json', { b: [1, null], a: 'é' });
    expect(small).toMatchObject({ kind: 'json', inline: { a: 'é', b: [1, null] } });
    expect(objects.list()).toEqual([]);
    const value = { text: 'x'.repeat(INLINE_BYTES) };
    const large = writeValue(objects, 'json', value);
    expect(objectsOf(large)).toEqual(objects.list());
    for (const [stored, expected] of [
      [small, { b: [1, null], a: 'é' }],
      [large, value],
    ] as const) {
      expect(readValue(objects, stored)).toEqual({ state: 'ok', value: expected });
    }
    expect(readValue(objects, writeValue(objects, 'json', null))).toEqual({
      state: 'ok',
      value: null,
    });
  });

  it.each([
    [1.5, 1.5],
    [Number.NaN, null],
    [true, true],
    ['x', 'x'],
    [null, null],
  ])('scalar %s becomes %s', (value, expected) => {
    const objects = new Objects(temporaryFolder());
    expect(readValue(objects, writeValue(objects, 'scalar', value))).toEqual({
      state: 'ok',
      value: expected,
    });
  });

  it('keep files and models with their names', () => {
    const objects = new Objects(temporaryFolder());
    for (const kind of ['file', 'model'] as const) {
      const stored = writeValue(objects, kind, { name: 'a.onnx', bytes: Buffer.from([1, 2]) });
      expect(stored).toMatchObject({ kind, name: 'a.onnx', bytes: 2 });
      expect(readValue(objects, stored)).toEqual({
        state: 'ok',
        value: { name: 'a.onnx', bytes: Uint8Array.of(1, 2) },
      });
    }
  });

  it.each<[string, ValueKind, unknown, string, object]>([
    ['a number for a frame', 'frame', 1, 'store/wrong-kind', { kind: 'frame', found: '1' }],
    ['a frame for a scalar', 'scalar', bars, 'store/wrong-kind', { found: 'a frame' }],
    ['∞ for a scalar', 'scalar', Infinity, 'store/wrong-kind', { found: 'Infinity' }],
    ['a list for a file', 'file', [], 'store/wrong-kind', { kind: 'file' }],
    ['a frame for json', 'json', bars, 'store/not-json', { found: 'Frame', at: '$' }],
    ['NaN in json', 'json', { a: [Number.NaN] }, 'store/not-json', { found: 'NaN', at: '$.a[0]' }],
    [
      'a function in json',
      'json',
      { a: () => 1 },
      'store/not-json',
      { found: 'function', at: '$.a' },
    ],
    ['half a character', 'json', { a: '\udc00' }, 'store/bad-text', { at: '$.a' }],
    ['∞ in a column', 'frame', frame({ x: [Infinity] }), 'store/infinite', { column: 'x', row: 0 }],
  ])('refuse %s', (_, kind, value, code, facts) => {
    const objects = new Objects(temporaryFolder());
    expectRefusal(() => writeValue(objects, kind, value), code, { ...facts });
  });
});

describe('digestOf', () => {
  const objects = () => new Objects(temporaryFolder());

  it('depends on the columns read and on nothing else', () => {
    const store = objects();
    const stored = framed(store, bars);
    const wider = framed(
      store,
      bars.with('more', [1, 2]).select(['by', 'more', 'close', 'ts', 'open']),
    );
    expect(digestOf(stored, ['ts', 'close'])).toBe(digestOf(wider, ['close', 'ts', 'close']));
    expect(digestOf(stored, ['ts', 'close'])).not.toBe(digestOf(stored, ['ts']));
    expect(digestOf(stored)).toBe(digestOf(stored, ['open', 'by', 'ts', 'close']));
  });

  it.each([
    ['a value', bars.with('close', [1, 2])],
    ['a unit', bars.with('close', bars.get('close'), 'eur')],
    ['a name', bars.rename({ close: 'last' })],
    ['a type', bars.with('ts', bars.get('open'))],
  ])('changes with %s', (_, other) => {
    const store = objects();
    expect(digestOf(framed(store, other))).not.toBe(digestOf(framed(store, bars)));
  });

  it('tells kinds apart, and rows of no columns', () => {
    const store = objects();
    const digests = [
      digestOf(writeValue(store, 'json', 1)),
      digestOf(writeValue(store, 'scalar', 1)),
      digestOf(writeValue(store, 'scalar', '1')),
      digestOf(writeValue(store, 'file', { name: 'a', bytes: Uint8Array.of(49) })),
      digestOf(writeValue(store, 'file', { name: 'b', bytes: Uint8Array.of(49) })),
      digestOf(writeValue(store, 'model', { name: 'a', bytes: Uint8Array.of(49) })),
      digestOf(framed(store, bars), []),
      digestOf(framed(store, bars.slice(1)), []),
    ];
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('refuses a column that is not there', () => {
    const stored = framed(objects(), bars);
    expectRefusal(() => digestOf(stored, ['clos']), 'store/no-column', { column: 'clos' });
    expect(chosen(stored, ['by', 'ts']).map(({ name }) => name)).toEqual(['by', 'ts']);
  });
});

describe('canonicalJson', () => {
  it.each<[unknown, string]>([
    [{ b: 1, a: [true, null, 'x'] }, '{"a":[true,null,"x"],"b":1}'],
    [
      { '\u20ac': 1, '\r': 2, '1': 3, '😀': 4, '\ufb33': 5 },
      '{"\\r":2,"1":3,"€":1,"😀":4,"\ufb33":5}',
    ],
    [[1e21, 1e-7, -0, 4.5], '[1e+21,1e-7,0,4.5]'],
    [{ a: undefined, b: 'a"\\\n' }, '{"b":"a\\"\\\\\\n"}'],
    [JSON.parse('{"__proto__":1}'), '{"__proto__":1}'],
  ])('%#', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it('is undone by reading, and ignores the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonicalJson(value);
        const back: Json = decodeJson(Buffer.from(text));
        expect(canonicalJson(back)).toBe(text);
        expect(back).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: 4, numRuns: 200 },
    );
  });

  it('refuses what is too deep, and bytes that are no JSON', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 600; i++) deep = [deep];
    expectRefusal(() => canonicalJson(deep), 'store/too-deep', { limit: 500 });
    expectRefusal(() => decodeJson(Buffer.from('{')), 'store/corrupt-json');
    expectRefusal(() => decodeJson(Uint8Array.of(0xff)), 'store/corrupt-json');
    expectRefusal(() => canonicalJson(new Map()), 'store/not-json', { found: 'Map' });
    expectRefusal(() => canonicalJson([Float64Array.of(1)]), 'store/not-json', {
      found: 'Float64Array',
      at: '$[0]',
    });
  });
});
