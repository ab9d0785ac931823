import fc from 'fast-check';
import { flagColumn, numberColumn, timeColumn } from '../../../../engine/frame/build.js';
import type { Column } from '../../../../engine/frame/column.js';
import { textColumn } from '../../../../engine/frame/text.js';

/** Any column of `rows` rows: missing values, −0, extremes, empty and odd texts among them. */
export function anyColumn(rows: number): fc.Arbitrary<Column> {
  const list = <T>(of: fc.Arbitrary<T>) => fc.array(of, { minLength: rows, maxLength: rows });
  const text = fc.oneof(
    fc.constantFrom('', 'a', 'ß', '价格', '🙂', 'a\u0000b'),
    fc.string({ unit: 'grapheme' }),
  );
  return fc.oneof(
    list(fc.oneof(fc.double({ noDefaultInfinity: true }), fc.constantFrom(Number.NaN, -0, 0))).map(
      numberColumn,
    ),
    list(fc.integer({ min: -8.64e15, max: 8.64e15 })).map(timeColumn),
    list(fc.constantFrom(true, false, null)).map(flagColumn),
    list(fc.oneof(fc.constant(null), text)).map(textColumn),
  );
}
