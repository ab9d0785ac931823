import type { Groups } from './kernels/groups.js';
import type { Call, ClockRows, ClockSpec } from './op.js';
import { SERIES, type Series } from './types.js';

const NO_TEXT = 0xffff_ffff;

/** The rows of a clock sorted into groups. Sums are rebuilt where a group enters another block of rows of the clock itself. */
export function groupedRows(spec: ClockSpec, base: ClockRows, groups: Groups): ClockRows {
  const { rows, starts } = groups;
  const block = new Int32Array(base.ts.length);
  for (let i = 0; i < block.length; i += 1) block[i] = (block[i - 1] ?? 0) + (base.anchors[i] ?? 0);
  const anchors = new Uint8Array(rows.length);
  for (let at = 0; at < rows.length; at += 1)
    if (block[rows[at] ?? 0] !== block[rows[at - 1] ?? -1]) anchors[at] = 1;
  for (const start of starts) if (start < anchors.length) anchors[start] = 1;
  const ts = Float64Array.from(rows, (row) => base.ts[row] ?? Number.NaN);
  const visible = Float64Array.from(rows, (row) => base.visible[row] ?? Number.NaN);
  return { spec, ts, visible, delay: base.delay, anchors, groups };
}

/** Run a kernel on each group by itself; the results stand side by side as the groups do. */
export function groupByGroup(
  call: Call,
  kernel: (part: Call) => readonly Series[],
): readonly Series[] {
  const starts = call.clock.groups?.starts ?? new Int32Array(1);
  const parts: Series[][] = [];
  // Without any group the kernel still says of what type its results are.
  for (let g = 0; g < Math.max(1, starts.length - 1); g += 1) {
    const from = starts[g] ?? 0;
    kernel(partOf(call, from, starts[g + 1] ?? from)).forEach((series, index) => {
      const known = parts[index];
      if (known === undefined) parts[index] = [series];
      else known.push(series);
    });
  }
  return parts.map((of) => joined(of, call.rows));
}

/** A call on the rows of one group. */
export function partOf(call: Call, from: number, to: number): Call {
  const rowsOf = (clock: ClockRows): ClockRows => ({
    spec: clock.spec,
    ts: clock.ts.subarray(from, to),
    visible: clock.visible.subarray(from, to),
    delay: clock.delay,
    anchors: clock.anchors.subarray(from, to),
  });
  return {
    ...call,
    rows: to - from,
    clock: rowsOf(call.clock),
    inputs: call.inputs.map((i) => ({
      ...i,
      series: cut(i.series, from, to),
      clock: rowsOf(i.clock),
    })),
  };
}

function cut(series: Series, from: number, to: number): Series {
  if (series.mask === 0) return series;
  if (series.type === 'number') return { ...series, data: series.data.subarray(from, to) };
  if (series.type === 'boolean') return { ...series, data: series.data.subarray(from, to) };
  return { ...series, data: series.data.subarray(from, to) };
}

/** Series side by side. */
function joined(parts: readonly Series[], rows: number): Series {
  const [first] = parts;
  if (first?.type === 'text') return joinedTexts(parts, rows);
  let from = 0;
  if (first?.type === 'boolean') {
    const data = new Uint8Array(rows);
    for (const part of parts) {
      if (part.type === 'boolean') data.set(part.data, from);
      from += part.data.length;
    }
    return { type: 'boolean', data, mask: SERIES };
  }
  const data = new Float64Array(rows);
  for (const part of parts) {
    if (part.type === 'number') data.set(part.data, from);
    from += part.data.length;
  }
  return { type: 'number', data, mask: SERIES };
}

/** Each part may number its words in its own way. */
function joinedTexts(parts: readonly Series[], rows: number): Series {
  const data = new Uint32Array(rows);
  const numbers = new Map<string, number>();
  let from = 0;
  for (const part of parts) {
    const words = part.type === 'text' ? part.words : [];
    for (let i = 0; i < part.data.length; i += 1) {
      const word = words[part.data[i] ?? NO_TEXT];
      const known = word === undefined ? NO_TEXT : (numbers.get(word) ?? numbers.size);
      if (word !== undefined) numbers.set(word, known);
      data[from + i] = known;
    }
    from += part.data.length;
  }
  return { type: 'text', data, words: [...numbers.keys()], mask: SERIES };
}
