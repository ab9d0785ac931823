import { asFlags, flagSeries, input } from '../kernels/read.js';
import { defineOp, type SeriesArg } from '../op.js';
import { condition, pure } from './shared.js';

const a: SeriesArg = { name: 'a', is: 'series', type: 'boolean' };
const b: SeriesArg = { name: 'b', is: 'series', type: 'boolean' };

/** Kleene conjunction: false and missing is false. */
export const and = defineOp({
  name: 'and',
  doc: 'Both. False if either is false, else missing if either is missing.',
  source: 'Kleene (1952), Introduction to Metamathematics, §64',
  example: 'rv_z >= 2 and ret_1 > 0',
  args: [a, b],
  gives: 'boolean',
  unit: pure,
  elementWise: true,
  run(call) {
    const { data: p, mask: left } = asFlags(input(call, 0).series);
    const { data: q, mask: right } = asFlags(input(call, 1).series);
    const out = call.memory.flags(call.rows);
    for (let i = 0; i < out.length; i += 1) {
      const u = p[i & left];
      const v = q[i & right];
      out[i] = u === 0 || v === 0 ? 0 : u === 255 || v === 255 ? 255 : 1;
    }
    return flagSeries(out);
  },
});

/** Kleene disjunction: true or missing is true. */
export const or = defineOp({
  name: 'or',
  doc: 'Either. True if either is true, else missing if either is missing.',
  source: 'Kleene (1952), Introduction to Metamathematics, §64',
  example: 'up or down',
  args: [a, b],
  gives: 'boolean',
  unit: pure,
  elementWise: true,
  run(call) {
    const { data: p, mask: left } = asFlags(input(call, 0).series);
    const { data: q, mask: right } = asFlags(input(call, 1).series);
    const out = call.memory.flags(call.rows);
    for (let i = 0; i < out.length; i += 1) {
      const u = p[i & left];
      const v = q[i & right];
      out[i] = u === 1 || v === 1 ? 1 : u === 255 || v === 255 ? 255 : 0;
    }
    return flagSeries(out);
  },
});

/** Kleene negation: not missing is missing. */
export const not = defineOp({
  name: 'not',
  doc: 'The opposite; missing stays missing.',
  example: 'not trend',
  args: [condition],
  gives: 'boolean',
  unit: pure,
  elementWise: true,
  run(call) {
    const { data, mask } = asFlags(input(call, 0).series);
    const out = call.memory.flags(call.rows);
    for (let i = 0; i < out.length; i += 1) {
      const u = data[i & mask];
      out[i] = u === 255 ? 255 : u === 1 ? 0 : 1;
    }
    return flagSeries(out);
  },
});
