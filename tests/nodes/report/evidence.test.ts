import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dotPlot } from '../../../nodes/report/page/dots.js';
import { significant } from '../../../nodes/report/page/numbers.js';
import { researchLead } from '../../../nodes/report/sections/believable.js';
import { hypothesesIn } from '../../../nodes/report/sections/found.js';
import { gateOrder, passages } from '../../../nodes/report/sections/funnel.js';
import { candidatesOf, placeboOf } from './research-kit.js';

describe('whether it is to be believed', () => {
  const found = hypothesesIn(candidatesOf({ count: 20, passed: 3 }));
  const nothing = hypothesesIn(candidatesOf({ count: 20, passed: 0 }));
  const rest = {
    simulated: false,
    made: 'markets without effects',
    fdr: 0.05,
    tradable: 2,
    promoted: 1,
  };
  const held = { ...rest, hypotheses: found, calibration: placeboOf(1, 200, true) };
  it.each([
    ['nothing survived', { ...held, hypotheses: nothing }, 'There is nothing to believe.'],
    ['a simulated market', { ...held, simulated: true }, 'of the simulator only'],
    ['no bridge', { ...held, tradable: null, promoted: null }, 'not yet, as no bridge'],
    ['nothing held', { ...held, tradable: 0 }, 'no, as nothing held'],
    ['no placebo', { ...held, calibration: undefined }, 'only as far as the correction is'],
    [
      'a placebo that speaks against',
      { ...held, calibration: placeboOf(60, 200, false) },
      'no, as the placebo',
    ],
    ['all of it', held, 'as far as one window out of sample goes'],
  ])('%s', (_name, evidence, words) => {
    expect(researchLead(evidence)[0]).toContain(words);
  });
});

describe('the order of gates', () => {
  it.each([
    ['none', [[]], []],
    ['one list', [['b', 'a']], ['b', 'a']],
    ['what stands alone comes first', [['b', 'a'], ['c']], ['c', 'b', 'a']],
    [
      'what one list leaves out',
      [
        ['a', 'c'],
        ['a', 'b', 'c'],
      ],
      ['a', 'b', 'c'],
    ],
  ])('%s', (_name, lists, order) => expect(gateOrder(lists)).toEqual(order));

  it('is that of the gates where some hypothesis failed all of them', () => {
    const gates = ['e', 'a', 'd', 'b', 'c'];
    const some = fc.array(fc.subarray(gates, { minLength: 1 }));
    fc.assert(fc.property(some, (lists) => expect(gateOrder([...lists, gates])).toEqual(gates)));
  });

  it('what is left at the end passed', () => {
    const hypotheses = hypothesesIn(candidatesOf({ count: 600, passed: 7 }));
    const steps = passages(hypotheses);
    expect(steps[steps.length - 1]?.left).toBe(7);
    expect(steps.reduce((sum, { stopped }) => sum + stopped, 7)).toBe(600);
  });
});

describe('a cloud of dots', () => {
  const axis = { label: '', tick: String, spans: [0, 1] };
  const look = { title: 'T', x: axis, y: axis, rules: [] };
  const plot = (dots: readonly { x: number; y: number }[]) =>
    dotPlot([{ name: 'some', dots }], look);

  it('dots on one pixel are one, and stronger', () => {
    const at = { x: 0.5, y: 0.5 };
    const strength = (dots: readonly { x: number; y: number }[]) =>
      /stroke-opacity="([\d.]+)"/.exec(plot(dots).svg)?.[1];
    expect(plot([at, at, at, at]).drawn).toBe(1);
    expect(Number(strength([at]))).toBeLessThan(Number(strength([at, at])));
    expect(Number(strength([at, at]))).toBeLessThan(Number(strength([at, at, at, at])));
  });

  it('all on different pixels are all drawn', () => {
    const dots = Array.from({ length: 20 }, (_, i) => ({ x: i / 20, y: 0.5 }));
    expect(plot(dots).drawn).toBe(20);
  });
});

describe('numbers of any size', () => {
  it.each([
    [0.00001, '0.00001'],
    [-0.00012345678, '−0.0001235'],
    [1e-9, '1e-9'],
    [-2.5e-9, '−2.5e-9'],
    [50, '50'],
    [null, '–'],
    [Number.NaN, '–'],
  ])('%d is %s', (value, words) => expect(significant(value)).toBe(words));
});
