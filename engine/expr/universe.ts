import type { Frame } from '../frame/frame.js';
import { columnsOn, mainClock } from './evaluate.js';
import { unsettled } from './facts.js';
import { Machine } from './machine.js';
import type { OpNode } from './node.js';
import type { AcrossCall, Input } from './op.js';
import type { Program } from './program.js';
import { readBy, scheduleOf } from './schedule.js';
import type { Series } from './types.js';
import { SELF } from './world.js';

/** What a pass over the universe may be told beyond the tables. */
export interface UniverseOptions {
  /** Rows at which a symbol takes part in cross-sections, 1 or 0 by row of its `self`; all rows of those left out. */
  readonly eligible?: ReadonlyMap<string, Readonly<Uint8Array>>;
}

/**
 * Compute columns of all symbols in one pass, cross-sections included.
 * @param bySymbol  for each symbol its tables; their `self` need not cover the same times.
 * @param wanted    ids; default all columns on the clock of `self` that are no clauses.
 * @returns         for each symbol, in order of id, `ts` and the wanted columns.
 */
export function evaluateUniverse(
  program: Program,
  bySymbol: ReadonlyMap<string, Readonly<Record<string, Frame>>>,
  wanted?: readonly string[],
  options: UniverseOptions = {},
): Map<string, Frame> {
  const clock = mainClock(program);
  const columns = columnsOn(program, clock, wanted, 'any');
  const symbols = [...bySymbol.keys()].sort();
  const other = (symbol: string): Frame | undefined => bySymbol.get(symbol)?.[SELF];
  const machines = symbols.map(
    (symbol) => new Machine(program, { frames: bySymbol.get(symbol) ?? {}, symbol, other }),
  );
  const grid = gridOf(machines);
  const { nodes, waiting, readers } = scheduleOf(program, columns);
  for (const node of nodes) {
    if (node.kind === 'op' && node.op.across !== undefined)
      crossSection(node, symbols, machines, grid, options);
    else for (const machine of machines) machine.compute(node, waiting.get(node));
    for (const done of readBy(node, readers)) for (const machine of machines) machine.release(done);
  }
  return new Map(symbols.map((symbol, s) => [symbol, framed(machines[s], columns, clock)]));
}

function framed(
  machine: Machine | undefined,
  columns: ReturnType<typeof columnsOn>,
  clock: string,
): Frame {
  if (machine === undefined) throw new Error('Every symbol has a machine.');
  return machine.frame(columns, clock);
}

interface Grid {
  readonly rows: number;
  /** For each symbol, the grid row of each of its rows. */
  readonly of: readonly Int32Array[];
}

/** All times at which any symbol has a row. */
function gridOf(machines: readonly Machine[]): Grid {
  const clocks = machines.map((m) => m.clock(undefined).ts);
  const times = new Set<number>();
  for (const ts of clocks) for (const t of ts) times.add(t);
  const sorted = Float64Array.from(times).sort();
  const of = clocks.map((ts) => {
    const rows = new Int32Array(ts.length);
    let at = 0;
    for (let i = 0; i < ts.length; i += 1) {
      while ((sorted[at] ?? Number.POSITIVE_INFINITY) < (ts[i] ?? 0)) at += 1;
      rows[i] = at;
    }
    return rows;
  });
  return { rows: sorted.length, of };
}

function crossSection(
  node: OpNode,
  symbols: readonly string[],
  machines: readonly Machine[],
  grid: Grid,
  options: UniverseOptions,
): void {
  const [machine] = machines;
  if (node.op.across === undefined || machine === undefined) return;
  const inputs = machines.map((m, s) => eligibleInputs(m, node, symbols[s] ?? '', options));
  const call: AcrossCall = {
    symbols,
    constants: node.constants,
    memory: { numbers: (n) => new Float64Array(n), flags: (n) => new Uint8Array(n) },
    gridRows: grid.rows,
    gridOf: grid.of,
    inputs,
  };
  const results = node.op.across(call);
  const settled = settledRow(node, machines, grid);
  machines.forEach((m, s) => {
    const series = results[s];
    const rows = grid.of[s];
    if (series === undefined || rows === undefined) throw new Error('A symbol got no result.');
    m.put(
      node,
      series,
      rows.findIndex((g) => g >= settled),
    );
  });
}

/** Rows at which a symbol takes no part, or is not settled yet, are missing. */
function eligibleInputs(
  machine: Machine,
  node: OpNode,
  symbol: string,
  options: UniverseOptions,
): readonly Input[] {
  const eligible = options.eligible?.get(symbol);
  return machine.inputs(node).map((input, index) => {
    const from = node.inputs[index]?.node;
    const late = from !== undefined && unsettled(from.facts.kind) ? machine.settled(from) : 0;
    if (index > 0 || (eligible === undefined && late === 0)) return input;
    const takes = (row: number): boolean => row >= late && eligible?.[row] !== 0;
    return { ...input, series: masked(input.series, takes) };
  });
}

function masked(series: Series, takes: (row: number) => boolean): Series {
  if (series.type === 'number')
    return { ...series, data: series.data.map((v, i) => (takes(i) ? v : Number.NaN)) };
  if (series.type === 'boolean')
    return { ...series, data: series.data.map((v, i) => (takes(i) ? v : 255)) };
  return series;
}

/**
 * The grid row from which a cross-section is settled. Only symbols whose data begin with the sample can make it depend on
 * where the sample starts: one that is listed later begins where it begins.
 */
function settledRow(node: OpNode, machines: readonly Machine[], grid: Grid): number {
  let latest = 0;
  machines.forEach((machine, s) => {
    const rows = grid.of[s];
    if (rows === undefined || rows[0] !== 0) return;
    for (const { node: input } of node.inputs) {
      if (!unsettled(input.facts.kind)) continue;
      latest = Math.max(latest, rows[machine.settled(input)] ?? grid.rows);
    }
  });
  return latest;
}
