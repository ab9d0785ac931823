import type { Diagnostic, Facts, Sentences } from '../diag/diagnostic.js';
import type { ColumnFacts } from '../expr/types.js';
import type { Dtype } from '../frame/column.js';
import type { ParamSpecs, ParamValues, Span } from './params.js';
import type { FileValue, Gathered, Port, PortSpecs } from './port.js';
import type { Random } from './random.js';

/** What a node does with rows (design 4): the compiler carries it along every edge, `dag pit` tests it. */
export type Time = 'row' | 'trailing' | 'fit' | 'future';

/** Which of the world's things a node touches; only such nodes may be retried and may open files. */
export type Effect = 'read' | 'network' | 'ledger';

/** One column as the compiler knows it before data exist. */
export interface ColumnShape extends ColumnFacts {
  readonly name: string;
  readonly dtype: Dtype;
  /** Data sets the column stands on, in the words of the plugin that made it; carried along, read by plugins only. */
  readonly stands?: readonly string[];
}

/** The columns of a frame before data exist; `open` says that more columns than these may come. */
export interface Shape {
  readonly columns: readonly ColumnShape[];
  readonly open?: boolean;
  /** Columns that would be here if more ports were bound or their formulas were sound, with the data sets they stand on. */
  readonly absent?: readonly { readonly name: string; readonly stands: readonly string[] }[];
  /** There is no table here at all. */
  readonly nothing?: boolean;
}

/** What `shape` says of an optional output that these parameters do not give: whoever takes it stands as if nothing were bound. */
export const ABSENT: Shape = { columns: [], nothing: true };

/** What `shape` may ask and report. */
export interface ShapeContext {
  /** Report problems with places; compilation goes on, running does not. */
  problem(...diagnostics: readonly Diagnostic[]): void;
  /** Is a parameter known before anything runs? To ask for another one leaves the columns open. */
  knows(param: string): boolean;
  /** Report, at a parameter, what no data could make right, as one of the node's declared errors. */
  wrong(param: string, code: string, facts?: Facts): void;
  /** Names of the files under a folder that match a pattern; none where there is no folder. Their content is for `run`. */
  list(folder: string, pattern: string): readonly string[];
}

/** What `run` may ask of the engine. There is nothing else: no clock, no files, no environment. */
export interface Context {
  /** The stream determined by the `seed` parameter, the node's type and these labels alone. Refused without `t.seed()`. */
  random(...labels: readonly (string | number)[]): Random;
  /** Write a line to the run's log. */
  log(message: string, facts?: Facts): void;
  /** Report something a person should see; counted in the report, kept with the record. */
  warn(code: string, facts?: Facts): void;
  /** Stop this item with one of the node's declared errors. */
  refuse(code: string, facts?: Facts): never;
  progress(done: number, total: number): void;
  /** Is a table wanted at this optional output? False where `shape` said that it is absent. */
  gives(port: string): boolean;
  /** The files that `files` named, as it named them: what has come since is in no key, and is for the next run. */
  readonly files: readonly string[];
  /**
   * Content digest of all that the node reads at an input, for reports that link a number to its origin: `dag why` resolves it.
   * `at` narrows gathered items.
   */
  digest(port: string, at?: Readonly<Record<string, string>>): string;
  /** Aborted when the run is cancelled or the item's time is up. */
  readonly signal: AbortSignal;
}

/** What may be asked of folders: names of files only, never their content. */
export interface Folders {
  /** Files under a folder that match a pattern, sorted by code units. */
  list(folder: string, pattern: string): readonly string[];
}

/** What a node with `effects` may ask before it runs. */
export interface World extends Folders {
  /** Files of a set of trials, as `trialsIn` reads them; files never change, and more come. */
  trials(namespace: string): readonly string[];
  /**
   * Files that match a pattern in a folder that a pipeline publishes to; none where it did not yet. What is not as it was published
   * is refused, as results that nobody gave.
   * @param pipeline  the file of that pipeline, for whoever has to run it again
   * @throws          run/not-as-published, run/damaged-ledger
   */
  published(folder: string, pattern: string, pipeline: string): readonly string[];
}

type InValue<P> = P extends Port<infer T> ? T : never;
type OutValue<P> = P extends Port<infer T> ? (T extends FileValue ? FileValue : T) : never;
export type Inputs<I extends PortSpecs> = { readonly [K in keyof I]: InValue<I[K]> };
type Optional<O> = { [K in keyof O]: undefined extends InValue<O[K]> ? K : never }[keyof O];
/** What `run` gives; outputs that are optional may be left out. */
export type Outputs<O extends PortSpecs> = {
  readonly [K in Exclude<keyof O, Optional<O>>]: OutValue<O[K]>;
} & { readonly [K in Optional<O>]?: OutValue<O[K]> | undefined };
export type Shapes<P extends PortSpecs> = { readonly [K in keyof P]?: Shape };

export interface NodeSpec<I extends PortSpecs, O extends PortSpecs, P extends ParamSpecs> {
  /** `folder.file`: `clean.market` is `nodes/clean/market.ts`. */
  readonly type: string;
  /** What it does and why one would want it, in one or two sentences. */
  readonly doc: string;
  readonly source?: string;
  readonly time: Time;
  readonly in: I;
  readonly out: O;
  readonly params: P;
  readonly errors?: Sentences;
  readonly warnings?: Sentences;
  readonly effects?: readonly Effect[];
  /** Codes of `errors` that may pass by themselves; only these are retried, and only where the stage says `retry:`. */
  readonly transient?: readonly string[];
  /** Output ports cut from the rows of the inputs, earliest first: each starts after the one before has ended. */
  readonly windows?: readonly string[];
  /**
   * Windows of which rows are cut that are not known by their end: the port, and the parameter that names the column which tells
   * when a row is known. A window of outcomes is then known after itself, no later.
   */
  readonly purges?: Readonly<Record<string, string>>;
  /** Source nodes: the interval that holds every row of the outputs, if params alone tell it. */
  readonly within?: (params: ParamValues<P>) => Span | undefined;
  /** Columns of the outputs, from the columns of the inputs. Default: the port's contract. */
  readonly shape?: (ins: Shapes<I>, params: ParamValues<P>, ctx: ShapeContext) => Shapes<O>;
  /** Columns the node reads; the key holds, and `run` receives, only those. Ports left out are read whole. */
  readonly reads?: (
    params: ParamValues<P>,
    ins: Shapes<I>,
  ) => { readonly [K in keyof I]?: readonly string[] };
  /**
   * Of parameters that are lists, the entries that matter: the key holds, and `run` receives, only those. So a node that is
   * handed every spec of a kind runs again only for those it uses. `shape` and `reads` see all.
   */
  readonly concerns?: (
    params: ParamValues<P>,
    ins: Shapes<I>,
  ) => { readonly [K in keyof P]?: readonly unknown[] };
  /** Nodes with `effects: ['read']` or `['ledger']`: the files `run` will read. Their content is part of the key. */
  readonly files?: (params: ParamValues<P>, world: World) => readonly string[];
  readonly run: (
    ins: Inputs<I>,
    params: ParamValues<P>,
    ctx: Context,
  ) => Outputs<O> | Promise<Outputs<O>>;
}

/** A node with its types forgotten: what the engine holds. */
export interface NodePlugin {
  readonly type: string;
  readonly doc: string;
  readonly source?: string;
  readonly time: Time;
  readonly in: PortSpecs;
  readonly out: PortSpecs;
  readonly params: ParamSpecs;
  readonly errors?: Sentences;
  readonly warnings?: Sentences;
  readonly effects?: readonly Effect[];
  readonly transient?: readonly string[];
  readonly windows?: readonly string[];
  readonly purges?: Readonly<Record<string, string>>;
  readonly within?: (params: Readonly<Record<string, unknown>>) => Span | undefined;
  readonly shape?: (
    ins: Readonly<Record<string, Shape | undefined>>,
    params: Readonly<Record<string, unknown>>,
    ctx: ShapeContext,
  ) => Readonly<Record<string, Shape | undefined>>;
  readonly reads?: (
    params: Readonly<Record<string, unknown>>,
    ins: Readonly<Record<string, Shape | undefined>>,
  ) => Readonly<Record<string, readonly string[] | undefined>>;
  readonly concerns?: (
    params: Readonly<Record<string, unknown>>,
    ins: Readonly<Record<string, Shape | undefined>>,
  ) => Readonly<Record<string, readonly unknown[] | undefined>>;
  readonly files?: (params: Readonly<Record<string, unknown>>, world: World) => readonly string[];
  readonly run: (
    ins: Readonly<Record<string, unknown>>,
    params: Readonly<Record<string, unknown>>,
    ctx: Context,
  ) => Readonly<Record<string, unknown>> | Promise<Readonly<Record<string, unknown>>>;
}

/** Declare a node. The metadata gives the types of `run`, the JSON Schema, the docs page and the cache key. */
export function defineNode<
  const I extends PortSpecs,
  const O extends PortSpecs,
  const P extends ParamSpecs,
>(node: NodeSpec<I, O, P>): NodePlugin {
  // The engine checks every input and parameter against the same metadata before `run` sees it.
  return node as unknown as NodePlugin;
}

export type { Gathered };
