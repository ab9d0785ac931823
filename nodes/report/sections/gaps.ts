import type { Gathered, JsonObject } from '../../../engine/sdk/index.js';
import { columns, type Origin, type Table } from '../page/document.js';
import { lasting, whole } from '../page/numbers.js';
import { numberIn, objectIn, objectsIn } from './read.js';

/** Gaps that are told one by one. */
const LONGEST = 20;

/** The longest gaps of all data sets, longest first; nothing where there is none. */
export function gapTable(
  quality: readonly Gathered<JsonObject>[],
  origin: Origin,
): readonly Table[] {
  const gaps = quality.flatMap(({ at, value }) =>
    Object.keys(value).flatMap((data) =>
      objectsIn(objectIn(value, data), 'gaps').map((gap) => {
        const [from, rows] = [numberIn(gap, 'from') ?? 0, numberIn(gap, 'rows') ?? 0];
        const length = rows * (numberIn(gap, 'step') ?? 0);
        return { symbol: at.symbol ?? '', data, from, rows, length };
      }),
    ),
  );
  if (gaps.length === 0) return [];
  // A sort keeps what is equal in its order.
  const longest = [...gaps].sort((a, b) => b.length - a.length).slice(0, LONGEST);
  return [
    {
      kind: 'table',
      title: 'The longest gaps',
      columns: columns(['Symbol', 'Data', 'From', 'Until'], ['Rows', 'Length']),
      rows: longest.map(({ symbol, data, from, rows, length }) => [
        symbol,
        data.replaceAll('_', ' '),
        clock(from),
        clock(from + length),
        whole(rows),
        lasting(length),
      ]),
      origin,
      note: `Of ${whole(gaps.length)} gaps that are told; of a data set with more than twenty, its longest.`,
    },
  ];
}

/** `2025-01-31 08:05`, UTC. */
function clock(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}
