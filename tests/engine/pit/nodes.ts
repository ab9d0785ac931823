import { defineNode, Frame, port, t, timeColumn } from '../../../engine/sdk/index.js';

/*
 * A small chain for the two-run test: a source of ticks, nodes that look back, a window, an estimate, and of each kind one that lies
 * about what it does with rows.
 */

const MINUTE = 60_000;
const ticks = port.frame('Ticks.', { contract: 'ticks', rowwise: true });
const said = { last: 0 };

/** A price for each minute: the same for a time whatever the span is. */
function walk(from: number, to: number): readonly (readonly [number, number])[] {
  return Array.from({ length: Math.floor((to - from) / MINUTE) }, (_, i) => {
    const ts = from + i * MINUTE;
    const minute = ts / MINUTE;
    return [ts, 100 + 7 * Math.sin(minute / 37) + 3 * Math.sin(minute / 5.3)] as const;
  });
}

function tick(rows: readonly (readonly [number, number])[]): Frame {
  return Frame.of({ ts: timeColumn(rows.map(([ts]) => ts)), price: rows.map(([, p]) => p) });
}

const span = t.span({ doc: 'Which minutes.' });

/** Ticks of a span. */
export const source = defineNode({
  type: 'toy.source',
  doc: 'Ticks of a span.',
  time: 'row',
  in: {},
  out: { ticks },
  params: { span },
  within: (params) => params.span,
  run: (_, params) => {
    return { ticks: tick(walk(params.span.from, params.span.to)) };
  },
});

/** Ticks scaled by the largest of the span, as charts are. */
export const scaled = defineNode({
  type: 'toy.scaled',
  doc: 'Ticks as shares of the largest.',
  time: 'row',
  in: {},
  out: { ticks },
  params: { span },
  within: (params) => params.span,
  run: (_, params) => {
    const rows = walk(params.span.from, params.span.to);
    const peak = rows.reduce((top, [, price]) => Math.max(top, price), 0);
    return { ticks: tick(rows.map(([ts, price]) => [ts, price / peak] as const)) };
  },
});

type Means = (prices: Readonly<Float64Array>, row: number) => number;

function smoothing(type: string, doc: string, mean: Means) {
  return defineNode({
    type,
    doc,
    time: 'trailing',
    in: { ticks },
    out: { ticks },
    params: {},
    run: ({ ticks: rows }) => {
      const prices = rows.column('price');
      said.last = prices[prices.length - 1] ?? 0;
      return {
        ticks: rows.with(
          'price',
          prices.map((_, row) => mean(prices, row)),
        ),
      };
    },
  });
}

const at = (prices: Readonly<Float64Array>, row: number): number =>
  prices[row] ?? prices[row + 1] ?? 100;

/** A mean of the last three ticks. */
export const smooth = smoothing('toy.smooth', 'Mean of three ticks.', (p, row) => {
  return (at(p, row) + (p[row - 1] ?? at(p, row)) + (p[row - 2] ?? at(p, row))) / 3;
});

/** A mean of the tick before, this one and the next. */
export const centred = smoothing('toy.centred', 'Mean of the ticks around.', (p, row) => {
  return (at(p, row) + (p[row - 1] ?? at(p, row)) + (p[row + 1] ?? at(p, row))) / 3;
});

let calls = 0;
/** Moves a little with every run. */
export const drifting = smoothing('toy.drifting', 'Ticks and how often it was asked.', (p, row) => {
  if (row === 0) calls += 1;
  return at(p, row) + calls;
});

let asked = 0;
/** Leaves out one row more at the beginning every time. */
export const dwindling = defineNode({
  type: 'toy.dwindling',
  doc: 'Ticks, fewer every time.',
  time: 'trailing',
  in: { ticks },
  out: { ticks },
  params: {},
  run: ({ ticks: rows }) => {
    asked += 1;
    return { ticks: rows.slice(asked) };
  },
});

/** Ticks before and after a time. */
export const split = defineNode({
  type: 'toy.split',
  doc: 'Rows to learn from and rows to be judged on.',
  time: 'row',
  in: { ticks },
  out: { train: port.frame('Before.'), test: port.frame('After.') },
  windows: ['train', 'test'],
  params: { at: t.date({ doc: 'Where to cut.' }) },
  run: ({ ticks: rows }, params) => {
    const times = rows.time('ts');
    const first = times.findIndex((ms) => ms >= params.at);
    const cut = first < 0 ? rows.length : first;
    return { train: rows.slice(0, cut), test: rows.slice(cut) };
  },
});

/** An estimate of a window. */
export const level = defineNode({
  type: 'toy.level',
  doc: 'Mean price of a window.',
  time: 'fit',
  in: { rows: port.frame('A window.') },
  out: { level: port.scalar('The mean.') },
  params: {},
  run: ({ rows }) => {
    const prices = rows.column('price');
    return { level: prices.reduce((sum, p) => sum + p, 0) / prices.length };
  },
});

/** An estimate that knows more than its window: what somebody left in a variable. */
export const gossip = defineNode({
  type: 'toy.gossip',
  doc: 'Mean price of a window, and something it heard.',
  time: 'fit',
  in: { rows: port.frame('A window.') },
  out: { level: port.scalar('The mean.') },
  params: {},
  run: ({ rows }) => ({ level: rows.length + said.last }),
});

export const NODES = [source, scaled, smooth, centred, drifting, dwindling, split, level, gossip];

/** The contract of ticks, and a pipeline of these nodes. */
export function files(nodes: {
  readonly source?: string;
  readonly smooth?: string;
  readonly level?: string;
}) {
  return {
    'spec/contracts/ticks.yaml': [
      'contract: ticks',
      'doc: A price a minute, known when the minute is over.',
      'columns:',
      '  ts: { type: time }',
      '  price: { type: f64, nullable: true }',
      'sort: [ts]',
      'unique: [ts]',
      'spacing: 1m',
      'available: { column: ts, plus: 1m }',
    ].join('\n'),
    'dags/chain.yaml': [
      'dag: chain',
      'doc: A small chain.',
      'params:',
      '  span: { type: span, default: { from: 2024-01-01, to: 2024-01-04 } }',
      'stages:',
      `  ticks: { use: ${nodes.source ?? 'toy.source'}, with: { span: $span } }`,
      `  smooth: { use: ${nodes.smooth ?? 'toy.smooth'}, in: { ticks: ticks } }`,
      '  split: { use: toy.split, in: { ticks: smooth }, with: { at: 2024-01-03 } }',
      `  level: { use: ${nodes.level ?? 'toy.level'}, in: { rows: split.train } }`,
      'out: { level: level.level }',
    ].join('\n'),
  };
}
