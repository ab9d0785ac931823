import { exactRows } from '../frame/align.js';
import { type Entry, Frame } from '../frame/frame.js';
import { blank, blankWhere, firstKnown } from './blank.js';
import { unsettled } from './facts.js';
import { constantSeries } from './fold.js';
import { groupByGroup, groupedRows } from './in-groups.js';
import { groupsOf } from './kernels/groups.js';
import { type Memo, memoKey } from './memo.js';
import type { ColumnNode, Node, OpNode } from './node.js';
import type { Call, ClockRows, Input } from './op.js';
import type { OpenRows } from './open-rows.js';
import { Patchwork } from './patchwork.js';
import { Pool } from './pool.js';
import type { Program, ProgramColumn } from './program.js';
import { bucketsOf, rowsOf } from './rows.js';
import { columnOf, seriesOf } from './series.js';
import { blankGroups } from './settled-groups.js';
import { CONSTANT, SERIES, type Series } from './types.js';
import { type ClockHome, SELF } from './world.js';

/** Where a machine finds its tables, and what it may remember. */
export interface Sources {
  readonly frames: Readonly<Record<string, Frame>>;
  /** The id of the item, for `symbol`. */
  readonly symbol?: string | undefined;
  /** The bars of another symbol. */
  readonly other?: ((symbol: string) => Frame | undefined) | undefined;
  readonly memo?: Memo | undefined;
  /** Rows of a memory that has not burnt in: missing (the default), or as they came out. */
  readonly unsettled?: 'masked' | 'shown' | undefined;
}

/** One for all machines of a thread: fresh memory costs as much as a sum over it, and the next symbol has as many rows. */
const POOL = new Pool();

/**
 * Computes the nodes of a program for one item. Values live until their last reader has run; rows before a value is settled
 * are masked where an operator would make a value of what is not known yet.
 */
export class Machine {
  readonly pool = POOL;
  readonly patches = new Patchwork(this);
  readonly #values = new Map<Node, Series>();
  readonly #settled = new Map<Node, number>();
  readonly #clocks = new Map<string, ClockRows>();
  readonly #joined = new Map<string, Readonly<Int32Array>>();
  readonly #kept = new Set<Node>();

  constructor(
    readonly program: Program,
    readonly sources: Sources,
  ) {}

  /** Compute a node, and with it the waiting ones that share its kernel. Cross-sections are put in from outside. */
  compute(node: Node, waiting: readonly OpNode[] = []): void {
    if (this.#values.has(node)) return;
    if (node.kind === 'constant') this.#values.set(node, constantSeries(node));
    else if (node.kind === 'column') this.#values.set(node, this.#column(node));
    else if (node.kind === 'symbol') this.#values.set(node, this.#symbol());
    else if (node.op.bundle !== undefined) this.#bundle(node, waiting);
    else this.put(node, this.#remembered(node) ?? this.#run(node));
  }

  value(node: Node): Series {
    const value = this.#values.get(node);
    if (value === undefined) throw new Error(`The node ${node.key} has not been computed.`);
    return value;
  }

  /** Set the value of an operator node, masked where it is not settled; `first` and `open` are known for cross-sections. */
  put(node: OpNode, series: Series, first?: number, open?: OpenRows): void {
    // Asked for while the inputs are still there; whoever fills from this value later needs to know.
    const rows = series.data.length;
    if (first !== undefined) this.#settled.set(node, first < 0 ? rows : first);
    const settled = this.settled(node);
    if (open === undefined) this.patches.add(node, rows);
    else this.patches.addOpen(node, open);
    const fillsUp = fills(node) && node.inputs.some((i) => unsettled(i.node.facts.kind));
    const burnsIn = burns(node) && this.sources.unsettled !== 'shown';
    if (fillsUp || burnsIn || (node.op.open !== undefined && node.facts.patchy))
      this.#blank(node, series, settled);
    this.#values.set(node, series);
  }

  #blank(node: OpNode, series: Series, settled: number): void {
    const { groups } = this.clock(node.facts.clock);
    const within = this.patches.settledIn(node);
    if (groups !== undefined && within !== undefined) blankGroups(series, groups, within);
    else blank(series, 0, Math.min(settled, series.data.length));
    const open = this.patches.openIn(node);
    if (open !== undefined) blankWhere(series, open);
  }

  /** The first row whose value does not depend on where the data start. Of rows in groups it is told group by group. */
  settled(node: Node): number {
    const known = this.#settled.get(node);
    if (known !== undefined) return known;
    if (this.program.clocks.get(node.facts.clock ?? '')?.key !== undefined) return 0;
    const first = this.#firstSettled(node);
    this.#settled.set(node, first);
    return first;
  }

  /** Forget a value that nothing reads any more. */
  release(node: Node): void {
    const value = this.#values.get(node);
    if (value === undefined || node.kind !== 'op') return;
    this.#values.delete(node);
    if (!this.#kept.has(node) && value.mask === SERIES) this.pool.give(value);
  }

  /** The rows of a clock. */
  clock(name: string | undefined): ClockRows {
    const home = this.program.clocks.get(name ?? this.#mainClock());
    if (home === undefined) throw new Error(`There is no clock ${name}.`);
    const { spec } = home;
    const known = this.#clocks.get(spec.name);
    if (known !== undefined) return known;
    const rows = this.#rowsOfClock(home);
    this.#clocks.set(spec.name, rows);
    return rows;
  }

  #rowsOfClock({ spec, table, base, key }: ClockHome): ClockRows {
    if (base === undefined) return rowsOf(spec, this.#frame(table), this.program.tables.get(table));
    const below = this.clock(base);
    if (key === undefined) return bucketsOf(spec, below);
    return groupedRows(spec, below, groupsOf(this.value(key), below.ts.length));
  }

  inputs(node: OpNode): readonly Input[] {
    return node.inputs.map(({ slot, node: from }) => {
      const settled = this.patches.settledIn(from);
      return {
        slot,
        series: this.value(from),
        clock: this.clock(from.facts.clock ?? node.facts.clock),
        facts: from.facts,
        ...(settled === undefined ? {} : { settled }),
      };
    });
  }

  /** Computed columns as a frame with the time of their clock. */
  frame(columns: readonly ProgramColumn[], clock: string): Frame {
    const { ts } = this.clock(clock);
    const entries: Entry[] = [{ name: 'ts', column: { dtype: 'time', values: ts } }];
    for (const { id, node, unit } of columns)
      entries.push({ name: id, column: columnOf(this.value(node), ts.length), unit });
    return Frame.from(entries, ts.length);
  }

  #mainClock(): string {
    return this.program.tables.get(SELF)?.clock ?? '';
  }

  #frame(table: string): Frame {
    const frame = table.startsWith('@')
      ? this.sources.other?.(table.slice(1))
      : this.sources.frames[table];
    if (frame === undefined) throw new Error(`The table ${table} was not given.`);
    return frame;
  }

  #symbol(): Series {
    const { symbol } = this.sources;
    const words = symbol === undefined ? [] : [symbol];
    const data = Uint32Array.of(symbol === undefined ? 0xffff_ffff : 0);
    return { type: 'text', data, words, mask: CONSTANT };
  }

  #column(node: ColumnNode): Series {
    const column = this.#frame(node.table).get(node.column);
    const rows = this.#rowsOn(node);
    return seriesOf(column, rows);
  }

  /** Where the rows of a clock stand in a table that is not its home; undefined for the home itself. */
  #rowsOn(node: ColumnNode): Readonly<Int32Array> | undefined {
    const home = this.program.clocks.get(node.facts.clock ?? '');
    if (home === undefined || home.table === node.table) return undefined;
    let rows = this.#joined.get(node.table);
    if (rows === undefined) {
      rows = exactRows(this.clock(home.spec.name).ts, this.#frame(node.table).column('ts'));
      this.#joined.set(node.table, rows);
    }
    return rows;
  }

  call(node: OpNode): Call {
    const clock = this.clock(node.facts.clock);
    return {
      rows: clock.ts.length,
      clock,
      constants: node.constants,
      inputs: this.inputs(node),
      memory: this.pool,
      table: node.table === undefined ? undefined : this.#tableRows(node.table),
    };
  }

  /** The rows of a table as such, also where another table is the home of its clock. */
  #tableRows(table: string): ClockRows {
    const facts = this.program.tables.get(table);
    const home = this.program.clocks.get(facts?.clock ?? '');
    if (home === undefined) throw new Error(`There is no table ${table}.`);
    if (home.table === table) return this.clock(home.spec.name);
    return rowsOf(home.spec, this.#frame(table), facts);
  }

  #run(node: OpNode): Series {
    const { run } = node.op;
    if (run === undefined) throw new Error(`The operator ${node.op.name} needs all symbols.`);
    const [series] = this.#worked(node, (call) => [run(call)]);
    if (series === undefined) throw new Error(`The operator ${node.op.name} gave nothing.`);
    this.#remember(node, series);
    return series;
  }

  /** Run a kernel, on each group of rows by itself where they are sorted into groups. */
  #worked(node: OpNode, kernel: (call: Call) => readonly Series[]): readonly Series[] {
    const call = this.call(node);
    const apart = call.clock.groups !== undefined && !node.op.elementWise && !node.op.crosses;
    return apart ? groupByGroup(call, kernel) : kernel(call);
  }

  #bundle(node: OpNode, waiting: readonly OpNode[]): void {
    const { bundle } = node.op;
    if (bundle === undefined) return;
    const key = bundle.key(node.constants);
    const source = node.inputs[0]?.node;
    const members = [node, ...waiting].filter((other, index, all) => {
      const same = other.op.bundle === bundle && bundle.key(other.constants) === key;
      return (
        same &&
        other.inputs[0]?.node === source &&
        all.indexOf(other) === index &&
        !this.#values.has(other)
      );
    });
    const fresh = members.filter((member) => {
      const known = this.#remembered(member);
      if (known !== undefined) this.put(member, known);
      return known === undefined;
    });
    if (fresh.length === 0) return;
    const requests = fresh.map((m) => ({ operator: m.op.name, constants: m.constants }));
    const results = this.#worked(node, (call) => bundle.run(call, requests));
    fresh.forEach((member, index) => {
      const series = results[index];
      if (series === undefined)
        throw new Error(`The kernel ${bundle.family} gave too few results.`);
      this.#remember(member, series);
      this.put(member, series);
    });
  }

  #remembered(node: OpNode): Series | undefined {
    const key = memoKey(node, this.program, this.sources.memo);
    const series = key === undefined ? undefined : this.sources.memo?.get(key);
    if (series !== undefined) this.#kept.add(node);
    return series;
  }

  #remember(node: OpNode, series: Series): void {
    const key = memoKey(node, this.program, this.sources.memo);
    if (key === undefined) return;
    this.#kept.add(node);
    this.sources.memo?.set(key, series);
  }

  #firstSettled(node: Node): number {
    if (!unsettled(node.facts.kind)) return node.facts.reach;
    if (node.kind !== 'op') return firstKnown(this.value(node));
    const before = node.inputs.reduce((top, i) => Math.max(top, this.settled(i.node)), 0);
    if (node.op.settled !== undefined) return node.op.settled(this.call(node), before);
    return before + (node.op.reach?.(node.constants) ?? 0);
  }
}

function fills(node: OpNode): boolean {
  const rule = node.op.fills;
  return typeof rule === 'function' ? rule(node.constants) : rule === true;
}

function burns(node: OpNode): boolean {
  const rule = node.op.burnsIn;
  return typeof rule === 'function' ? rule(node.constants) : rule === true;
}
