import { Frame, flagColumn, textColumn } from '../../../engine/sdk/index.js';
import type { Gate } from './judge.js';

/** Every gate of every test, a row each. @param all  of each test, every time the same gates in the same order */
export function gateTable(tests: Frame, all: readonly (readonly Gate[])[]): Frame {
  const names = all[0]?.map(({ name }) => name) ?? [];
  const rows = all.length * names.length;
  const [value, threshold] = [new Float64Array(rows), new Float64Array(rows)];
  const held: boolean[] = [];
  all.forEach((gates, i) => {
    gates.forEach((gate, k) => {
      value[i * names.length + k] = gate.value;
      threshold[i * names.length + k] = gate.threshold;
      held.push(gate.held);
    });
  });
  return Frame.of({
    id: repeated(tests, names.length, rows),
    // The names come round in every test: their codes are counted, not looked up.
    gate: {
      dtype: 'text',
      codes: Uint32Array.from(held, (_, i) => i % names.length),
      words: names,
    },
    value,
    threshold,
    held: flagColumn(held),
  });
}

/** The id of each test as often as there are gates; ids are their own words, so the codes stay. */
function repeated(tests: Frame, times: number, rows: number) {
  const ids = tests.get('id');
  if (ids.dtype !== 'text') return textColumn([]);
  const { codes, words } = ids;
  const each = Uint32Array.from({ length: rows }, (_, i) => codes[Math.floor(i / times)] ?? 0);
  return { dtype: 'text', codes: each, words } as const;
}
