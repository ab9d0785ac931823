import { readFileSync } from 'node:fs';
import { type Contract, readContract } from '../../../engine/frame/contract.js';
import { Frame } from '../../../engine/frame/frame.js';
import { parseYaml } from '../../../engine/yaml/parse.js';
import { plain } from '../../../engine/yaml/read.js';

/*
 * A small market: days of bars of four symbols, one of which is listed later and one gone before the end, with gaps; funding every
 * eight hours; open interest that is reported late; figures that are revised; an agenda of which some entries come to be known only
 * when they are over.
 */

const BAR = 300_000;
const HOUR = 12 * BAR;
const DAY = 24 * HOUR;
/** 2024-03-01, a Friday. */
const START = 1_709_251_200_000;
const ROWS = 1300;

/** A table that a port of a node takes, and its contract. */
export interface WorldTable {
  readonly label: string;
  readonly frame: Frame;
  readonly contract: string;
}

/** What each kind of port of the corpus is given. */
export function tablesFor(contract: string, many: boolean): readonly WorldTable[] {
  const one = (frame: Frame): readonly WorldTable[] => [{ label: '', frame, contract }];
  if (contract === 'bars') {
    const symbols = SYMBOLS.slice(0, many ? SYMBOLS.length : 1);
    return symbols.map((s) => ({ label: s.name, frame: barsOf(s), contract }));
  }
  const made = OTHERS[contract];
  if (!made) throw new Error(`The world has no table of contract ${contract}.`);
  return one(made());
}

/** A contract that ships, or one of the corpus. */
export function contractNamed(name: string): Contract {
  const known = contracts.get(name);
  if (known) return known;
  const own = OWN.has(name);
  const url = new URL(
    own ? `contracts/${name}.yaml` : `../../../spec/contracts/${name}.yaml`,
    import.meta.url,
  );
  const { value } = parseYaml(readFileSync(url, 'utf8'), `${name}.yaml`);
  const { contract } = readContract(value ? plain(value) : null);
  if (!contract) throw new Error(`${name} is no contract.`);
  contracts.set(name, contract);
  return contract;
}
const contracts = new Map<string, Contract>();
const OWN = new Set([
  'signal',
  'panel',
  'positions',
  'alarms',
  'hours',
  'hours_at_open',
  'interest',
  'releases',
  'agenda',
  'bars_and_interest',
]);

interface Listed {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly seed: number;
}
const NOBODY: Listed = { name: '', from: 0, to: 0, seed: 0 };
const SYMBOLS: readonly Listed[] = [
  { name: 'AAAUSDT', from: 0, to: ROWS, seed: 1 },
  { name: 'BBBUSDT', from: 0, to: ROWS, seed: 2 },
  { name: 'CCCUSDT', from: 520, to: ROWS, seed: 3 },
  { name: 'DDDUSDT', from: 0, to: 910, seed: 4 },
];

/** Bars on a full grid; a gap is a row of missing values. */
function barsOf({ from, to, seed }: Listed): Frame {
  const draw = uniform(seed);
  const rows = Array.from({ length: ROWS }, (_, row) => row);
  let last = 100;
  const closes = rows.map((row) => {
    const wave = Math.sin((row + 40 * seed) / 30) * 0.0008;
    last *= 1 + wave + (draw() < 0.03 ? 0.02 : 0.003) * (draw() - 0.5);
    return last;
  });
  const gap = (row: number) => row < from || row >= to || draw() < 0.01 || (row > 300 && row < 310);
  const gaps = rows.map(gap);
  const cells = (of: (row: number) => number) =>
    Float64Array.from(rows, (row) => (gaps[row] ? Number.NaN : of(row)));
  const close = (row: number) => closes[row] ?? Number.NaN;
  const open = (row: number) => closes[row - 1] ?? close(row);
  const swing = rows.map(() => 0.002 * draw());
  const volume = cells((row) => 100 * seed * (0.5 + draw()) * (1 + Math.sin(row / 200 + seed)) + 1);
  return Frame.of({
    ts: stamps(rows.map((row) => START + row * BAR)),
    open: cells(open),
    high: cells((row) => Math.max(open(row), close(row)) * (1 + (swing[row] ?? 0))),
    low: cells((row) => Math.min(open(row), close(row)) * (1 - (swing[row] ?? 0))),
    close: cells(close),
    volume,
    quote_volume: volume.map((v, row) => v * close(row)),
    trade_count: volume.map(Math.floor),
    taker_base_volume: volume.map((v) => v / 2),
    is_gap: gaps,
  });
}

const OTHERS: Readonly<Record<string, () => Frame>> = {
  funding: () => {
    const draw = uniform(11);
    const times = every(8 * HOUR);
    return Frame.of({
      ts: stamps(times),
      rate: Float64Array.from(times, () => 0.0004 * (draw() - 0.4)),
      interval_hours: Float64Array.from(times, () => 8),
    });
  },
  interest: () => {
    const draw = uniform(12);
    const times = every(BAR);
    return Frame.of({
      ts: stamps(times),
      value: Float64Array.from(times, () => 1e6 * (1 + draw())),
    });
  },
  bars_and_interest: () => {
    const draw = uniform(14);
    const [symbol = NOBODY] = SYMBOLS;
    const rows = barsOf(symbol);
    const kept = rows.select(['ts', 'open', 'high', 'low', 'close', 'volume']);
    return kept.with(
      'oi_notional',
      rows.column('close').map(() => 1e6 * (1 + draw())),
    );
  },
  /** Each day's figure comes the evening after and is revised ten hours later. */
  releases: () => {
    const draw = uniform(13);
    const rows = every(DAY)
      .flatMap((period) => [
        { period, published: period + 30 * HOUR },
        { period, published: period + 40 * HOUR },
      ])
      .sort((a, b) => a.published - b.published);
    return Frame.of({
      ts: stamps(rows.map((r) => r.period)),
      published: stamps(rows.map((r) => r.published)),
      actual: Float64Array.from(rows, () => draw()),
    });
  },
  /** Every seven hours something, and every third time it was a surprise. */
  agenda: () => {
    const rows = every(7 * HOUR)
      .map((ts, i) => ({ ts, announced: i % 3 === 0 ? ts + HOUR : ts - 2 * DAY }))
      .sort((a, b) => a.announced - b.announced);
    return Frame.of({
      ts: stamps(rows.map((r) => r.ts)),
      announced: stamps(rows.map((r) => r.announced)),
    });
  },
};

function every(spacing: number): readonly number[] {
  const count = Math.floor((ROWS * BAR) / spacing);
  return Array.from({ length: count }, (_, i) => START + i * spacing);
}

function stamps(times: readonly number[]) {
  return { dtype: 'time', values: Float64Array.from(times) } as const;
}

/** The minimal standard generator. */
function uniform(seed: number): () => number {
  let state = seed * 7919 + 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}
