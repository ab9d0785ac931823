import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Frame } from '../../../engine/frame/frame.js';
import flags from '../../../nodes/events/flags.js';
import registry from '../../../nodes/events/registry.js';
import { frameOf } from '../../kit/chain.js';
import { clock, frame } from '../../kit/frame.js';
import { runNode } from '../../kit/node.js';
import { installFormulas } from '../../kit/specs.js';
import { jump, symbol, ts } from './toy-events.js';

installFormulas();

/** `JUMP` rises above 1, rests 3 bars and is active for 4 after it was told. */
const given = async (x: readonly number[]) => {
  const { outs } = await runNode(registry, { features: [symbol('AAA', x)] }, { event: jump });
  const bars = frame({ ts: clock(x.length) });
  const coverage = [{ at: { event: 'JUMP' }, value: frameOf(outs, 'coverage') }];
  return { bars, events: frameOf(outs, 'events'), coverage };
};
const params = { symbol: 'AAA', specs: [jump] };
const flagged = async (ins: Readonly<Record<string, unknown>>) => {
  const frame = frameOf((await runNode(flags, ins, params)).outs, 'flags');
  const row = (name: string) =>
    Array.from(frame.flags(`jump_${name}`), (f) => (f === 255 ? '?' : f)).join('');
  return ['event', 'active', 'signal'].map(row);
};

describe('events.flags', () => {
  it.each([
    ['the cooldown tells after two quiet bars', [0, 0, 0, 0, 0, 0], ['??0000', '??0000', '???000']],
    [
      'occurs, is active to the end, and is told a bar later',
      [0, 0, 0, 0, 9, 0, 0, 0, 0, 0],
      ['??00100000', '??00111110', '???0010000'],
    ],
    ['at the last bar there is none after it', [0, 0, 0, 0, 9], ['??001', '??001', '???00']],
    [
      'active where the rule cannot tell: that is known from before',
      [0, 0, 0, 0, 9, 0, 0, Number.NaN, 0, 0, 0, 0, 0],
      ['??00100?00000', '??00111110000', '???00100?0000'],
    ],
  ])('%s', async (_name, x, expected) => {
    expect(await flagged(await given(x))).toEqual(expected);
  });

  it('says what it says of rows whatever comes after them', async () => {
    const xs = fc.array(fc.constantFrom(0, 0, 0, 9, Number.NaN), { minLength: 8, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(xs, fc.nat(), async (x, at) => {
        const cut = 1 + (at % x.length);
        const [all, some] = [
          await flagged(await given(x)),
          await flagged(await given(x.slice(0, cut))),
        ];
        expect(some).toEqual(all.map((row) => row.slice(0, cut)));
      }),
    );
  });

  it('an event nobody could look for is missing everywhere', async () => {
    const ins = { ...(await given([0, 0, 0, 0, 9])), coverage: [] };
    const none = { ...ins, events: ins.events.slice(0, 0) };
    expect(await flagged(none)).toEqual(['?????', '?????', '?????']);
  });

  const broken = async (change: (events: Frame) => Frame) => {
    const ins = await given([0, 0, 0, 0, 9, 0, 0, 0, 9, 0]);
    return runNode(flags, { ...ins, events: change(ins.events) }, params);
  };
  const times = (values: readonly number[]) =>
    ({ dtype: 'time', values: Float64Array.from(values) }) as const;
  it.each<[string, (events: Frame) => Frame, string]>([
    ['between two bars', (e) => e.with('ts', times([ts(4) + 1, ts(8)])), 'is on no bar'],
    [
      'left before it was told',
      (e) => e.with('active_until', times([ts(3), ts(9)])),
      'not in order',
    ],
    ['entered after it was told', (e) => e.with('entered', times([ts(5), ts(8)])), 'not in order'],
    ['one id twice', (e) => e.with('id', e.take([0, 0]).get('id')), 'have the id'],
  ])('refuses an occurrence %s', async (_name, change, told) => {
    await expect(broken(change)).rejects.toThrow(told);
  });
});
