import { describe, expect, it } from '@jest/globals';
import { Frame, flagColumn, textColumn } from '../../../engine/sdk/index.js';
import { deflatedSharpe, probabilisticSharpe, sharpeRatio } from '../../../nodes/math/sharpe.js';
import report from '../../../nodes/report/discovery.js';
import {
  aboveThreshold,
  bestByLuck,
  distinct,
  lookedAt,
} from '../../../nodes/report/sections/ever.js';
import { runNode } from '../../kit/node.js';
import { candidatesOf, insOf, params, promoted } from './research-kit.js';
import { written } from './tournament-kit.js';

describe('a Sharpe ratio against another threshold', () => {
  const wave = (drift: number) =>
    Float64Array.from({ length: 250 }, (_, i) => drift + Math.sin(i * i) / 100 + (i % 7) / 5000);
  it.each([
    ['a weak one', 0.0002],
    ['none', -0.0006],
    ['one so strong that its PSR is 1', 0.008],
  ])('is what it would be from the returns: %s', (_name, drift) => {
    const ratio = sharpeRatio(wave(drift));
    const spread = 0.3;
    const own = { threshold: bestByLuck(100, spread), probability: NaN };
    own.probability = deflatedSharpe(ratio, 100, spread * spread).probability;
    const known = [{ threshold: 0, probability: probabilisticSharpe(ratio) }, own];
    const ever = deflatedSharpe(ratio, 5000, spread * spread);
    // A probability near 1 keeps so many digits of how far it is from 1.
    expect(aboveThreshold(ratio.sharpe, ever.threshold, known)).toBeCloseTo(ever.probability, 7);
  });

  it('is not known where both probabilities are as good as 0 or 1', () => {
    const known = [
      { threshold: 0, probability: 1 },
      { threshold: 0.2, probability: 1 },
    ];
    expect(aboveThreshold(0.9, 0.3, known)).toBeNaN();
  });
});

it('what nobody told is no event', () => {
  const of = Frame.of({ id: textColumn(['a', 'b', 'b']), event: textColumn(['E', null, null]) });
  expect(lookedAt(of)).toEqual({ hypotheses: 2, events: 1 });
  expect(distinct([null])).toBe(0);
});

describe('the page of research', () => {
  const told = async (ledger: number | undefined, tested = 600) => {
    const ins = insOf(candidatesOf({ count: 600, passed: 7 }));
    const sharpe = Float64Array.from({ length: 600 }, (_, i) => Math.sin(i) / 20);
    const all = {
      ...ins,
      promoted,
      trials: ins.trials
        .with('sharpe', sharpe)
        .with('tested', flagColumn(Array.from(sharpe, (_, i) => i < tested))),
      ...(ledger === undefined ? {} : { ledger: candidatesOf({ count: ledger, passed: 0 }) }),
    };
    const { outs } = await runNode(report, { ...all }, params);
    return written(outs, 'text').replaceAll('\\', '');
  };
  const cells = (text: string, row: string) =>
    (text.match(new RegExp(`^\\| ${row} \\|.*$`, 'm'))?.[0] ?? '').split('|').map((s) => s.trim());

  it('has a higher hurdle for all that was ever tried, and a lower DSR', async () => {
    const text = await told(6000);
    const own = cells(text, 'this pipeline').slice(2, -1).map(Number);
    const ever = cells(text, 'ever tried here')
      .slice(2, -1)
      .map((x) => Number(x.replace(/\s/g, '')));
    expect(own.slice(0, 3)).toEqual([600, 100, 2]);
    expect(ever[0]).toBe(6000);
    expect([own[3], ever[3]]).toEqual([600, 6000]);
    expect(ever[4]).toBeGreaterThan(own[4] ?? NaN);
    expect(own[4]).toBeGreaterThan(own[5] ?? NaN);
    const table = text.slice(text.indexOf('Deflated by what was tried'));
    expect(table).toMatch(/\| Hypothesis \| Sharpe a day \| DSR \| DSR, one an event \| DSR, ever/);
    const [, , , dsr = '', kin = '', later = ''] = (table.match(/^\| ALPHA.*$/m)?.[0] ?? '').split(
      '|',
    );
    expect(Number(dsr)).toBe(0.81);
    expect(Number(kin)).toBeGreaterThan(0.81);
    expect(Number(later)).toBeLessThan(0.81);
  });

  it('is deflated by what promotion was: trials that had a p-value', async () => {
    const [all, some] = [await told(6000), await told(6000, 150)];
    const [many, few] = [all, some].map((text) =>
      cells(text, 'this pipeline').slice(2, -1).map(Number),
    );
    expect([many?.[0], few?.[0]]).toEqual([600, 600]);
    expect([many?.[3], few?.[3]]).toEqual([600, 150]);
    expect(few?.[4]).toBeLessThan(many?.[4] ?? NaN);
    // Of earlier runs it is not known which were tested; of this one it is.
    expect(cells(some, 'ever tried here')[5]?.replace(/\s/g, '')).toBe('5550');
  });

  it('says that earlier runs are not counted where no ledger is read', async () => {
    const text = await told(undefined);
    expect(text).toContain('What earlier runs looked at is not in the count.');
    expect(text).not.toContain('Deflated by what was tried');
  });
});
