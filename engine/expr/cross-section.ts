import { unsettled } from './facts.js';
import type { Grid } from './grid.js';
import type { Machine } from './machine.js';
import type { OpNode } from './node.js';
import type { AcrossCall, Input } from './op.js';
import { openThrough } from './open-rows.js';
import { anchorsOf } from './rows.js';
import type { Series } from './types.js';

/** All symbols of a pass, in order of id. */
export interface Universe {
  readonly symbols: readonly string[];
  readonly machines: readonly Machine[];
  readonly grid: Grid;
  readonly eligible: ReadonlyMap<string, Readonly<Uint8Array>> | undefined;
}

/** Work out a cross-section, and hand every symbol its own. */
export function crossSection(node: OpNode, universe: Universe): void {
  const { symbols, machines, grid } = universe;
  const [machine] = machines;
  if (node.op.across === undefined || machine === undefined) return;
  const inputs = machines.map((m, s) =>
    eligibleInputs(m, node, universe.eligible?.get(symbols[s] ?? '')),
  );
  const call: AcrossCall = {
    symbols,
    constants: node.constants,
    memory: { numbers: (n) => new Float64Array(n), flags: (n) => new Uint8Array(n) },
    gridRows: grid.ts.length,
    gridOf: grid.of,
    anchors: anchorsOf(grid.ts, machine.clock(undefined).spec),
    inputs,
  };
  const results = node.op.across(call);
  const settled = settledRow(node, machines, grid);
  const open = node.facts.patchy ? openOnGrid(node, machines, grid) : undefined;
  machines.forEach((m, s) => {
    const series = results[s];
    const rows = grid.of[s];
    if (series === undefined || rows === undefined) throw new Error('A symbol got no result.');
    m.put(
      node,
      series,
      rows.findIndex((g) => g >= settled),
      open &&
        openThrough(
          [{ open: Uint8Array.from(rows, (g) => open[g] ?? 0), back: ownReach(node) }],
          rows.length,
          undefined,
        ),
    );
  });
}

/** Rows at which a symbol takes no part, or is not settled yet, are missing. */
function eligibleInputs(
  machine: Machine,
  node: OpNode,
  eligible: Readonly<Uint8Array> | undefined,
): readonly Input[] {
  return machine.inputs(node).map((input, index) => {
    const from = node.inputs[index]?.node;
    const late = from !== undefined && unsettled(from.facts.kind) ? machine.settled(from) : 0;
    const open = from && machine.patches.openIn(from);
    if (index > 0 || (eligible === undefined && late === 0 && open === undefined)) return input;
    const takes = (row: number): boolean =>
      row >= late && eligible?.[row] !== 0 && open?.[row] !== 1;
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

/** Rows that are open for any symbol whose data begin with the sample. */
function openOnGrid(node: OpNode, machines: readonly Machine[], grid: Grid): Uint8Array {
  const found = new Uint8Array(grid.ts.length);
  machines.forEach((machine, s) => {
    const rows = grid.of[s];
    if (rows === undefined || rows[0] !== 0) return;
    for (const { node: input } of node.inputs) {
      const open = machine.patches.openIn(input);
      rows.forEach((at, row) => {
        if (open?.[row] === 1) found[at] = 1;
      });
    }
  });
  return found;
}

/** Rows back that the operator itself looks. */
function ownReach({ op, constants }: OpNode): number {
  return op.reach?.(constants) ?? 0;
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
      latest = Math.max(latest, (rows[machine.settled(input)] ?? grid.ts.length) + ownReach(node));
    }
  });
  return latest;
}
