import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Frame } from '../../../engine/frame/frame.js';
import nudged from '../../../nodes/events/nudged.js';
import registry from '../../../nodes/events/registry.js';
import { nudgesOf } from '../../../nodes/events/rows/nudges.js';
import { event } from '../../../nodes/kinds/event.js';
import { frameOf } from '../../kit/chain.js';
import { runNode } from '../../kit/node.js';
import { installFormulas, specsOf, written } from '../../kit/specs.js';
import { BOUNDS as quality } from './bounds.js';
import { symbol } from './toy-events.js';

installFormulas();

const spec = (id: string, more: string) => {
  const fields = `family: TEST\nneeds: [perp_ohlcv_5m]\ntemplates: [continuation]\nhorizons: [5m]\nseverity: abs(x)\nside: 0\n${more}`;
  const [one] = written(event, id, fields);
  if (!one) throw new Error(id);
  return one;
};
const above = (more = '') =>
  spec('ABOVE', `params: { least: { default: 10${more} } }\nfires: x > $least\ncooldown: 1b`);
const places = (open: ReturnType<typeof above>['open']) =>
  nudgesOf(open, 0.1).map(({ value, change }) => [
    Number(value.toFixed(9)),
    Number(change.toFixed(9)),
  ]);

describe('where a threshold is moved to', () => {
  it.each([
    [
      'a tenth either way',
      above(),
      [
        [9, 0.1],
        [11, 0.1],
      ],
    ],
    ['no further than its bounds', above(', min: 9.5, max: 10'), [[9.5, 0.05]]],
    [
      'by whole bars',
      above(', unit: bars, min: 2'),
      [
        [9, 0.1],
        [11, 0.1],
      ],
    ],
    [
      'a percent by its distance from the nearer end',
      above(', unit: percent'),
      [
        [9, 0.1],
        [11, 0.1],
      ],
    ],
    [
      'a rank by its distance from the nearer end',
      spec(
        'RANK',
        'params: { q: 0.97 }\nlet:\n  far: x >= past_quantile(x, $q)\nfires: far\ncooldown: 1b',
      ),
      [
        [0.967, 0.1],
        [0.973, 0.1],
      ],
    ],
    [
      'a rank that is named from the other end',
      spec('RANK', 'params: { q: 0.97 }\nfires: x <= past_quantile(x, 1 - $q)\ncooldown: 1b'),
      [
        [0.967, 0.1],
        [0.973, 0.1],
      ],
    ],
    [
      'the one that is told',
      spec('SECOND', 'params: { a: 1, b: 20 }\nmain: b\nfires: x > $a and x < $b\ncooldown: 1b'),
      [
        [18, 0.1],
        [22, 0.1],
      ],
    ],
    [
      'nowhere where there is none',
      spec('CLOCK', 'params: { at: 25 }\nmain: none\nfires: x > $at\ncooldown: 1b'),
      [],
    ],
    ['nowhere without parameters', spec('PLAIN', 'fires: x > 1\ncooldown: 1b'), []],
  ])('%s', (_name, { open }, expected) => expect(places(open)).toEqual(expected));

  it('a name that is no parameter is refused', () => {
    expect(() => spec('BAD', 'params: { a: 1 }\nmain: b\nfires: x > $a\ncooldown: 1b')).toThrow(
      '"main" names "b"',
    );
  });

  it('every shipped event says which it is, or has none', () => {
    const none = specsOf(event, 'spec/events/**/*.yaml').filter(({ open }) => !open);
    expect(none.map(({ id }) => id)).toEqual([
      'FUNDING_TIMESTAMP_EVENT',
      'SCHEDULED_NEWS_WINDOW_EVENT',
      'SESSION_CLOSE_EVENT',
      'SESSION_OPEN_EVENT',
    ]);
  });
});

/** Occurrences of the file with another number in it. */
const rerun = async (least: number, features: readonly ReturnType<typeof symbol>[]) => {
  const text = `params: { least: ${least} }\nfires: rises(x > $least)\ncooldown: 3b`;
  return frameOf(
    (await runNode(registry, { features }, { event: spec('RE', text) })).outs,
    'events',
  );
};
const stamps = (events: Frame) => {
  const symbols = events.texts('symbol');
  return Array.from(events.time('ts'), (ts, row) => `${symbols[row]} ${ts}`).sort();
};

describe('events.registry under moved thresholds', () => {
  it('with what comes and goes it is the detector run again with the other number', async () => {
    const xs = fc.array(fc.constantFrom(0, 8.5, 9.2, 9.9, 10.5, 11.4), {
      minLength: 12,
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(xs, xs, async (a, b) => {
        const features = [symbol('AAA', a), symbol('BBB', b)];
        const own = spec('RE', 'params: { least: 10 }\nfires: rises(x > $least)\ncooldown: 3b');
        const base = await rerun(10, features);
        const { outs } = await runNode(registry, { features }, { event: own, quality });
        expect(frameOf(outs, 'events')).toEqual(base);
        const rows = [...frameOf(outs, 'nudged').rows()];
        for (const value of [9, 11]) {
          const moved = new Set(stamps(base));
          for (const row of rows.filter((r) => r.value === value)) {
            const stamp = `${row.symbol} ${row.ts}`;
            expect(moved.has(stamp)).toBe(row.change === -1);
            if (row.change === 1) moved.add(stamp);
            else moved.delete(stamp);
          }
          expect([...moved].sort()).toEqual(stamps(await rerun(value, features)));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('an event that cannot be looked for gives nothing', async () => {
    const own = spec('RE', 'params: { least: 10 }\nfires: spot.close > $least\ncooldown: 3b').id;
    const [away] = written(
      event,
      own,
      'family: TEST\nneeds: [spot_ohlcv_5m]\ntemplates: [continuation]\nhorizons: [5m]\nseverity: 1\nside: 0\nparams: { least: 10 }\nfires: spot.close > $least\ncooldown: 3b',
    );
    const features = [symbol('AAA', [0, 20, 0])];
    const { outs } = await runNode(registry, { features }, { event: away, quality });
    expect(frameOf(outs, 'nudged').length).toBe(0);
  });

  it('a rule that compiles only with its own threshold is refused', async () => {
    const features = [symbol('AAA', [0, 20, 0])];
    const own = spec('RE', 'params: { least: 3 }\nfires: x > lag(x, $least)\ncooldown: 3b');
    await expect(runNode(registry, { features }, { event: own, quality })).rejects.toThrow(
      'does not compile with least at 2.7',
    );
  });

  it('without a quality nothing is said of them', async () => {
    const features = [symbol('AAA', [0, 9.5, 20])];
    const { outs } = await runNode(registry, { features }, { event: above() });
    expect(outs.nudged).toBeUndefined();
  });

  it('all events together are in order of time', async () => {
    const features = [symbol('AAA', [0, 0, 0, 9.5, 0, 0, 0, 0, 10.5, 0, 0])];
    const of = async (id: string) => {
      const own = spec(id, 'params: { least: 10 }\nfires: rises(x > $least)\ncooldown: 3b');
      const { outs } = await runNode(registry, { features }, { event: own, quality });
      return { at: { event: id }, value: outs.nudged };
    };
    const { outs } = await runNode(nudged, { events: [await of('B'), await of('A')] });
    const rows = [...frameOf(outs, 'nudged').rows()].map(
      (r) => `${r.event} ${r.value} ${r.change}`,
    );
    expect(rows).toEqual(['A 9 1', 'B 9 1', 'A 11 -1', 'B 11 -1']);
  });
});
