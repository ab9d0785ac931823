import { asNumbers, input } from '../../kernels/read.js';
import type { Call } from '../../op.js';

/**
 * The two sides of an arithmetic sign and room for the result. Cells and masks come in locals: a loop that fetches them from
 * objects takes three times as long.
 */
export function operands(call: Call) {
  const { data: a, mask: left } = asNumbers(input(call, 0).series);
  const { data: b, mask: right } = asNumbers(input(call, 1).series);
  return { a, b, left, right, out: call.memory.numbers(call.rows) };
}

/** The only side of a function of one number, and room for the result. */
export function operand(call: Call) {
  const { data: a, mask } = asNumbers(input(call, 0).series);
  return { a, mask, out: call.memory.numbers(call.rows) };
}
