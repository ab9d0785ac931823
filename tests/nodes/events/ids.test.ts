import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Frame } from '../../../engine/frame/frame.js';
import { sha256 } from '../../../engine/store/digest.js';
import { idsOf } from '../../../nodes/events/rows/ids.js';
import { occurrences } from '../../../nodes/events/rows/occurrences.js';
import { jump } from './toy-events.js';

const SYMBOLS = ['AAA', 'BBB', 'CCC'];
const BAR = 300_000;
const START = Date.UTC(2024, 0, 1);

const of = (rule: string, symbol: string, ts: number) => idsOf(rule, [symbol], [0], [ts])[0];

describe('an id', () => {
  it('is the digest of rule and symbol, then the time', () => {
    expect(of('RULE', 'AAA', START)).toBe(`${sha256('RULE\nAAA').slice(0, 12)}018cc251f400`);
    expect(START.toString(16)).toBe('18cc251f400');
  });

  it.each<readonly [what: string, rule: string, symbol: string, ts: number]>([
    ['another rule', 'rule', 'AAA', START],
    ['another symbol', 'RULE', 'AAB', START],
    ['the next millisecond', 'RULE', 'AAA', START + 1],
    ['2^32 ms later', 'RULE', 'AAA', START + 2 ** 32],
    ['a time before 1970', 'RULE', 'AAA', -START],
    ['a text that continues the rule', 'RULE\nAAA', '', START],
  ])('is another for %s', (_, rule, symbol, ts) => {
    expect(of(rule, symbol, ts)).not.toBe(of('RULE', 'AAA', START));
  });

  it('tells apart any two times of one rule and symbol', () => {
    const time = fc.integer({ min: -(2 ** 47), max: 2 ** 47 - 1 });
    fc.assert(
      fc.property(fc.uniqueArray(time), (times) => {
        const ids = idsOf('RULE', ['AAA'], new Uint32Array(times.length), times);
        expect(new Set(ids).size).toBe(times.length);
        expect(ids.every((id) => /^[0-9a-f]{24}$/.test(id))).toBe(true);
      }),
    );
  });
});

/** Occurrences of flags by symbol, from the first bar to one. */
function found(flags: readonly (readonly boolean[])[], bars: number): Frame {
  const told = flags.map((own, i) => {
    const kept = Uint8Array.from(own.slice(0, bars), Number);
    const sides = new Float64Array(kept.length);
    const ts = Float64Array.from(sides, (_, row) => START + row * BAR);
    const frame = Frame.of({
      ts: { dtype: 'time', values: ts },
      '=fires': { dtype: 'bool', values: kept },
      '=side': sides,
      '=sign': sides,
      '=severity': ts.map((time) => time / BAR + i),
    });
    return { symbol: SYMBOLS[i] ?? '', frame };
  });
  return occurrences(jump, BAR, told);
}

const anyFlags = fc.integer({ min: 0, max: 20 }).chain((bars) => {
  const own = fc.array(fc.boolean(), { minLength: bars, maxLength: bars });
  return fc.tuple(own, own, own);
});

it('occurrences stand in order of time and symbol, each with its own values', () => {
  fc.assert(
    fc.property(anyFlags, (flags) => {
      const table = found(flags, 20);
      const rows = flags.flatMap((own, i) =>
        own.flatMap((fires, row) => (fires ? [{ row, i }] : [])),
      );
      rows.sort((a, b) => a.row - b.row || a.i - b.i);
      expect(table.texts('symbol')).toEqual(rows.map(({ i }) => SYMBOLS[i]));
      expect([...table.time('ts')]).toEqual(rows.map(({ row }) => START + row * BAR));
      const severity = rows.map(({ row, i }) => START / BAR + row + i);
      expect([...table.column('severity')]).toEqual(severity);
    }),
  );
});

it('ids are unique, the same in a second run, and those of a shorter sample stay', () => {
  fc.assert(
    fc.property(anyFlags, fc.integer({ min: 0, max: 20 }), (flags, bars) => {
      const ids = found(flags, 20).texts('id');
      expect(new Set(ids).size).toBe(ids.length);
      expect(found(flags, 20).texts('id')).toEqual(ids);
      const before = found(flags, bars).texts('id');
      expect(ids.slice(0, before.length)).toEqual(before);
    }),
  );
});
