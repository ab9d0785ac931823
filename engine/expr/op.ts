import type { Numbers } from '../frame/column.js';
import type { Constants } from './constants.js';
import type { Facts, Kind } from './facts.js';
import type { Groups } from './kernels/groups.js';
import type { OperatorCase } from './op-case.js';
import type { Recurrence } from './recurrence.js';
import type { Constant, Series, ValueType } from './types.js';
import type { Unit } from './unit.js';

/** An argument that is a series: a column or an expression. `rest` takes all further ones, at least that many. */
export interface SeriesArg {
  readonly name: string;
  readonly is: 'series';
  readonly type: ValueType | 'any';
  readonly rest?: number;
  readonly optional?: true;
}

/** An argument that is fixed when the formula is compiled. */
export interface ConstantArg {
  readonly name: string;
  /** `rows`: a count of rows of the argument's clock, or a duration that is a whole number of them. `duration`: milliseconds. */
  readonly is: 'rows' | 'integer' | 'number' | 'flag' | 'word' | 'list' | 'duration';
  readonly default?: Constant | ((given: Constants) => Constant);
  readonly optional?: true;
  readonly words?: readonly string[];
  readonly least?: number;
  readonly most?: number;
  /** Whether the window may be `all` rows so far. */
  readonly all?: true;
  /** Whether a table of intervals may stand here in place of a length of time. */
  readonly orTable?: true;
}

/** An argument that names a table. */
export interface TableArg {
  readonly name: string;
  readonly is: 'table';
}
export type Arg = SeriesArg | ConstantArg | TableArg;

/** What is known of a clock before data exist; times in milliseconds. */
export interface ClockSpec {
  readonly name: string;
  /** Distance of rows on a regular grid. */
  readonly spacing: number | undefined;
  /** Typical distance of rows, also where they are irregular. */
  readonly nominal: number | undefined;
  /** How long a row lasts: its spacing, or 0 for prints. */
  readonly width: number;
  /** How long a value may be carried to another clock when the formula does not say. */
  readonly within: number | undefined;
  /** Whether a column of the table says when each row is there, which may be any time after its stamp. */
  readonly announced?: boolean;
  /** Of rows in groups: the clock they are rows of, and how far apart they are where the calendar says so. */
  readonly grouped?: { readonly of: string; readonly recurrence: Recurrence | undefined };
}

/** The rows of a clock in data. */
export interface ClockRows {
  readonly spec: ClockSpec;
  /** When each row starts; ascending, UTC milliseconds. */
  readonly ts: Numbers;
  /** When each row can first be seen, before the delay of a column: its close, or what the table's own column says. */
  readonly visible: Numbers;
  /** How long after that the rows as such are there, ms. */
  readonly delay: number;
  /** Rows at which running sums are rebuilt: the first, and those that open a block of 1024 absolute row numbers. */
  readonly anchors: Uint8Array;
  /** Of rows in groups: which row of the clock each is, and where groups start. */
  readonly groups?: Groups;
}

/** Buffers for results. They hold anything until written: a kernel writes every row. */
export interface Memory {
  numbers(rows: number): Float64Array;
  flags(rows: number): Uint8Array;
}

/** One evaluation of an operator over all rows of its clock. */
export interface Call {
  readonly rows: number;
  readonly clock: ClockRows;
  readonly constants: Constants;
  readonly inputs: readonly Input[];
  readonly memory: Memory;
  /** The rows of the table of a `table` argument. */
  readonly table: ClockRows | undefined;
}

export interface Input {
  readonly slot: string;
  readonly series: Series;
  readonly clock: ClockRows;
  readonly facts: Facts;
  /** Of rows in groups: how many of each group come before its first settled one. */
  readonly settled?: Int32Array;
}

/** One evaluation of a cross-section: the same inputs of every symbol, and where their rows stand on a common grid. */
export interface AcrossCall {
  readonly symbols: readonly string[];
  readonly constants: Constants;
  readonly memory: Memory;
  readonly gridRows: number;
  /** For each symbol, the grid row of each of its rows. */
  readonly gridOf: readonly Int32Array[];
  /** Grid rows at which running sums are rebuilt. */
  readonly anchors: Uint8Array;
  /** For each symbol its inputs, as in `Call`. */
  readonly inputs: readonly (readonly Input[])[];
}

/** Operators that share one kernel call when they read one series through one window. */
export interface Bundle {
  readonly family: string;
  /** What else must be equal to share, e.g. the window. */
  readonly key: (constants: Constants) => string;
  readonly run: (call: Call, requests: readonly BundleRequest[]) => readonly Series[];
}
export interface BundleRequest {
  readonly operator: string;
  readonly constants: Constants;
}

export interface Operator {
  readonly name: string;
  /** What it gives and what missing does, in one or two sentences. */
  readonly doc: string;
  /** The definition in plain mathematics: `Σ xᵢ / k`. */
  readonly formula: string;
  readonly source?: string;
  readonly example: string;
  /** Worked by hand, or by a tool that a comment beside them names. The first is shown in the reference. */
  readonly cases: readonly OperatorCase[];
  readonly args: readonly Arg[];
  /** The type of the result from those of the series arguments; undefined where they do not go together. */
  readonly gives: ValueType | ((inputs: readonly ValueType[]) => ValueType | undefined);
  /** The unit of the result from those of the series arguments; undefined where they do not agree. */
  readonly unit: (inputs: readonly Unit[], constants: Constants) => Unit | undefined;
  /** Row t from row t alone; works on constants too. */
  readonly elementWise?: true;
  /** Arguments may stand on other clocks; all other operators refuse to mix them. */
  readonly crosses?: true;
  /** The series argument that is worked out inside each group of rows of the one before it. */
  readonly inside?: string;
  /** Rows back beyond those of the arguments. Default 0. */
  readonly reach?: (constants: Constants) => number;
  /** Rows before it can be known, beyond those of the arguments. Default: the reach. */
  readonly warmup?: (constants: Constants) => number;
  readonly kind?: Kind | ((constants: Constants, args: readonly Facts[]) => Kind);
  /** Whether a missing argument leaves a missing row (`keep`, the default), can arise from known ones, or is filled. */
  readonly holes?: 'keep' | 'make' | 'never';
  /**
   * Whether what one row did shows for long after, ever less or until a reset: rows are masked until nothing shows of what came
   * before the first, and of rows that rested on too few.
   */
  readonly burnsIn?: true | ((constants: Constants) => boolean);
  /** Whether missing arguments may give a value, which is only fair once they are settled. */
  readonly fills?: true | ((constants: Constants) => boolean);
  /** The last word on the facts, for operators that move rows or clocks. A text is a refusal. */
  readonly facts?: (joined: Facts, context: FactsContext) => Facts | string;
  /** A rule between constant arguments; a text is a refusal. */
  readonly check?: (constants: Constants) => string | undefined;
  /** A rule about series arguments that are constants, undefined where they are not; a text is a refusal. */
  readonly constantRule?: (values: readonly (Constant | undefined)[]) => string | undefined;
  /** Whether a common lag of the arguments can be taken after the operator instead. */
  readonly commutes?: true;
  /** Worth remembering across items. */
  readonly costly?: true;
  readonly bundle?: Bundle;
  readonly run?: (call: Call) => Series;
  readonly across?: (call: AcrossCall) => readonly Series[];
  /** First settled row, given that of the arguments: default theirs plus the reach. */
  readonly settled?: (call: Call, arguments_: number) => number;
  /** Of an operator whose rows settle one by one (`patchy`): 1 where a row depends on where the data start. */
  readonly open?: (call: Call, arguments_: number) => Uint8Array;
}

export interface FactsContext {
  readonly constants: Constants;
  readonly args: readonly Facts[];
  /** The clock of the bars a formula is about. */
  readonly main: ClockSpec;
  readonly clock: (name: string) => ClockSpec;
  /** The clock of buckets of so many milliseconds of another clock's rows. */
  readonly coarser: (name: string, every: number) => ClockSpec;
  /** The clock of a table that was named, and whether its rows say when they are over. */
  readonly table: (ClockSpec & { readonly ends: boolean }) | undefined;
}

/**
 * Declare an operator. Documentation, argument checks, derived facts and the kernel stand side by side; the list of
 * operators is `ops/index.ts`.
 */
export function defineOp(operator: Operator): Operator {
  const kernels = [operator.run, operator.across, operator.bundle].filter((k) => k !== undefined);
  if (kernels.length !== 1) throw new Error(`The operator ${operator.name} needs one kernel.`);
  return operator;
}

/** Operators that stand between their arguments. */
const BETWEEN = /^(?:and|or|in|[^\w]+)$/;

/** How a call is written: `quantile(x, q, window, min=)`, `x + y`. */
export function signatureOf({ name, args }: Operator): string {
  const parts = args.map((arg) => {
    if (arg.is === 'series') return seriesPart(arg);
    if (arg.is === 'table') return arg.name;
    const given = arg.default;
    if (given === undefined) return arg.optional ? `${arg.name}=` : arg.name;
    return typeof given === 'function' ? `${arg.name}=` : `${arg.name}=${String(given)}`;
  });
  if (BETWEEN.test(name)) return parts.join(` ${name} `);
  if (name === 'negate') return `-${parts[0]}`;
  if (name === 'not') return `not ${parts[0]}`;
  return parts.length === 0 ? name : `${name}(${parts.join(', ')})`;
}

function seriesPart({ name, rest, optional }: SeriesArg): string {
  if (rest !== undefined) return `${name}, …`;
  return optional ? `${name}=` : name;
}
