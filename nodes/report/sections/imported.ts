import type { Gathered, JsonObject } from '../../../engine/sdk/index.js';
import { NOTHING, whole } from '../page/numbers.js';
import type { Beside } from './quality.js';
import { numberIn, objectIn, objectsIn, textIn } from './read.js';

const MEBIBYTE = 1024 * 1024;
/** The data set of files that a table is made of, where it has another name. */
const MADE_OF: Readonly<Record<string, string>> = { tob: 'quotes' };

/** Bars that look odd, each once. */
export function flagged(quality: readonly Gathered<JsonObject>[]): Beside {
  const of = new Map(
    quality.map(({ at, value }) => [at.symbol ?? '', numberIn(objectIn(value, 'odd'), 'flagged')]),
  );
  return {
    name: 'Flagged',
    of: (symbol, data) => (data === 'bars' ? whole(of.get(symbol)) : NOTHING),
    note: 'Flagged: bars that are suspect, stale, have a wick or moved without a trade; a bar with two flags counts once.',
  };
}

/** How large the files of the venue are; nothing where none were downloaded. */
export function sizes(told: JsonObject | undefined): readonly Beside[] {
  if (!told) return [];
  const bytes = new Map<string, number>();
  for (const file of objectsIn(told, 'files')) {
    const key = `${textIn(file, 'symbol')} ${textIn(file, 'dataset')}`;
    bytes.set(key, (bytes.get(key) ?? 0) + (numberIn(file, 'bytes') ?? 0));
  }
  return [
    {
      name: 'MiB',
      of: (symbol, data) => {
        const size = bytes.get(`${symbol} ${MADE_OF[data] ?? data}`);
        return size === undefined ? NOTHING : (size / MEBIBYTE).toFixed(1);
      },
      note: 'MiB: of the files of the venue, as they lie in the folder.',
    },
  ];
}
