import { asFlags, asNumbers, asTexts, flagSeries, numberSeries } from '../../kernels/read.js';
import type { Call } from '../../op.js';
import { SERIES, type Series, type TextSeries, type ValueType } from '../../types.js';

const NO_TEXT = 0xffff_ffff;
/** No series was picked for this row. */
export const NONE = 255;

export function knownAt(series: Series, i: number): boolean {
  const v = series.data[i & series.mask];
  if (series.type === 'number') return !Number.isNaN(v);
  return v !== (series.type === 'boolean' ? 255 : NO_TEXT);
}

/** For each row the value of the series that `pick` gives the index of. */
export function pickFrom(call: Call, all: readonly Series[], pick: Readonly<Uint8Array>): Series {
  const type: ValueType | undefined = all[0]?.type;
  if (type === 'number') {
    const out = call.memory.numbers(call.rows).fill(Number.NaN);
    all.map(asNumbers).forEach(({ data, mask }, index) => {
      for (let i = 0; i < call.rows; i += 1)
        if (pick[i] === index) out[i] = data[i & mask] ?? Number.NaN;
    });
    return numberSeries(out);
  }
  if (type === 'boolean') {
    const out = call.memory.flags(call.rows).fill(255);
    all.map(asFlags).forEach(({ data, mask }, index) => {
      for (let i = 0; i < call.rows; i += 1) if (pick[i] === index) out[i] = data[i & mask] ?? 255;
    });
    return flagSeries(out);
  }
  return pickTexts(call.rows, all.map(asTexts), pick);
}

function pickTexts(
  rows: number,
  all: readonly TextSeries[],
  pick: Readonly<Uint8Array>,
): TextSeries {
  const words: string[] = [];
  const codes = new Map<string, number>();
  const data = new Uint32Array(rows).fill(NO_TEXT);
  for (let i = 0; i < rows; i += 1) {
    const from = all[pick[i] ?? NONE];
    const word = from?.words[from.data[i & from.mask] ?? NO_TEXT];
    if (word === undefined) continue;
    let code = codes.get(word);
    if (code === undefined) {
      code = words.push(word) - 1;
      codes.set(word, code);
    }
    data[i] = code;
  }
  return { type: 'text', data, words, mask: SERIES };
}
