import { expect } from '@jest/globals';
import { type ColumnInput, timeColumn } from '../../engine/frame/build.js';
import { Frame } from '../../engine/frame/frame.js';

/** A frame from plain lists: `frame({ close: [1, NaN], flag: [true, null], name: ['a', 'b'] })`. Numbers called `ts` are times. */
export function frame(
  columns: Readonly<Record<string, ColumnInput>>,
  units: Readonly<Record<string, string>> = {},
): Frame {
  const plain = Frame.of(columns, units);
  if (!plain.has('ts') || plain.get('ts').dtype !== 'f64') return plain;
  return plain.with('ts', timeColumn(plain.column('ts')), plain.unit('ts'));
}

/** `count` times a list, e.g. `[...repeat([1, 2], 3), 9]`. */
export function repeat<T>(list: readonly T[], count: number): readonly T[] {
  return Array.from({ length: count }, () => list).flat();
}

/** `count` bar times from `start`, `every` milliseconds apart. */
export function clock(
  count: number,
  every = 300_000,
  start = 1_704_067_200_000,
): readonly number[] {
  return Array.from({ length: count }, (_, row) => start + row * every);
}

/** A frame as plain data that jest compares and prints: fields, then values column by column. */
export function plainFrame(actual: Frame): unknown {
  const values = actual.fields.map(({ name, dtype }) => {
    switch (dtype) {
      case 'text':
        return [name, [...actual.texts(name)]];
      case 'bool':
        return [name, Array.from(actual.flags(name), (flag) => (flag === 255 ? null : flag === 1))];
      default:
        return [name, Array.from(actual.column(name))];
    }
  });
  return { rows: actual.length, fields: actual.fields, values: Object.fromEntries(values) };
}

/** Compare frames: names, order, types, units and values; NaN equals NaN. */
export function expectFrame(actual: Frame): { toEqual(expected: Frame): void } {
  return {
    toEqual: (expected) => {
      expect(plainFrame(actual)).toEqual(plainFrame(expected));
    },
  };
}
