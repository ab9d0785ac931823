import type { Call, Input } from '../op.js';
import {
  type FlagSeries,
  type NumberSeries,
  SERIES,
  type Series,
  type TextSeries,
  type ValueType,
} from '../types.js';

/** The n-th input of a call; asking for one that typing did not provide is a bug. */
export function input(call: Call, index: number): Input {
  const found = call.inputs[index];
  if (found === undefined) throw new RangeError(`The call has no input ${index}.`);
  return found;
}

/** The input in a named slot, if given. */
export function slot(call: Call, name: string): Input | undefined {
  return call.inputs.find((i) => i.slot === name);
}

export function asNumbers(series: Series): NumberSeries {
  if (series.type !== 'number') throw wrongType('number', series.type);
  return series;
}

export function asFlags(series: Series): FlagSeries {
  if (series.type !== 'boolean') throw wrongType('boolean', series.type);
  return series;
}

export function asTexts(series: Series): TextSeries {
  if (series.type !== 'text') throw wrongType('text', series.type);
  return series;
}

/** The numbers of an input, one a row; a constant is spread over all rows. */
export function numbers(call: Call, index: number): Float64Array {
  const { series, clock } = input(call, index);
  const { data, mask } = asNumbers(series);
  return mask === SERIES ? data : new Float64Array(clock.ts.length).fill(data[0] ?? Number.NaN);
}

/** The flags of an input, one a row. */
export function flags(call: Call, index: number): Uint8Array {
  const { series, clock } = input(call, index);
  return spreadFlags(asFlags(series), clock.ts.length);
}

export function spreadFlags({ data, mask }: FlagSeries, rows: number): Uint8Array {
  return mask === SERIES ? data : new Uint8Array(rows).fill(data[0] ?? 255);
}

export function numberSeries(data: Float64Array): NumberSeries {
  return { type: 'number', data, mask: SERIES };
}

export function flagSeries(data: Uint8Array): FlagSeries {
  return { type: 'boolean', data, mask: SERIES };
}

function wrongType(expected: ValueType, found: ValueType): TypeError {
  return new TypeError(`A kernel expected ${expected} and was given ${found}.`);
}
