import { describe, expect, it } from '@jest/globals';
import { Frame } from '../../engine/frame/frame.js';
import { rareCuts } from '../../engine/pit/rare.js';
import { stream } from '../../engine/sdk/random.js';
import { contractNamed } from './leaks/world.js';

/* Where the future is taken away because an output does there what it seldom does. */

const BAR = 300_000;
const ts = (rows: number) =>
  ({ dtype: 'time', values: Float64Array.from({ length: rows }, (_, i) => i * BAR) }) as const;

function cutsOn(value: readonly number[], input: readonly number[]): readonly number[] {
  const contract = contractNamed('signal');
  const output = { port: 'signal', contract, columns: new Map(), window: false };
  const base = { signal: Frame.of({ ts: ts(value.length), value: Float64Array.from(value) }) };
  const frame = Frame.of({ ts: ts(input.length), value: Float64Array.from(input) });
  const tables = [{ port: 'bars', label: '', frame, contract }];
  const cuts = rareCuts([output], base, tables, 40, stream([1, 2]));
  // A row is known at the close of its bar.
  return cuts.map(({ at }) => at / BAR - 1).sort((a, b) => a - b);
}

const steps = Array.from({ length: 12 }, (_, i) => i + 1);
const hollow = steps.map((v) => (v === 3 ? Number.NaN : v));
const flag = [0, 0, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0];

describe('rare values of an output', () => {
  const cases: readonly {
    readonly name: string;
    readonly value: readonly number[];
    readonly input: readonly number[];
    readonly rows: readonly number[];
  }[] = [
    { name: 'turns of a flag to its rarer value', value: flag, input: steps, rows: [2, 5] },
    { name: 'silence, though the input speaks', value: hollow, input: steps, rows: [2] },
    { name: 'no silence that the input explains', value: hollow, input: hollow, rows: [] },
    { name: 'nothing where each row says something else', value: steps, input: steps, rows: [] },
  ];
  for (const { name, value, input, rows } of cases)
    it(name, () => expect(cutsOn(value, input)).toEqual(rows));
});
