import type { Place } from '../diag/diagnostic.js';
import type { Tree } from '../expr/tree.js';
import type { NodeEntry } from '../sdk/catalogue.js';
import type { PortSpec } from '../sdk/port.js';
import type { Json, JsonObject } from '../yaml/value.js';
import type { Asked } from './yaml-files.js';

/** A pipeline after reading: sub-pipelines expanded in place, names resolved, params typed; nothing has run. */
export interface Graph {
  readonly name: string;
  readonly doc: string;
  /** Project-relative path of the pipeline's file. */
  readonly file: string;
  /** Every stage comes after the stages it takes from; ties by path. */
  readonly stages: readonly Stage[];
  readonly dimensions: readonly Dimension[];
  /** The pipeline's own outputs, by name. */
  readonly outs: Readonly<Record<string, Source>>;
  /** Resolved top-level params, for the manifest. */
  readonly params: JsonObject;
  /** Every YAML file that was read, project-relative and sorted, with the SHA-256 of its bytes. */
  readonly files: Readonly<Record<string, string>>;
  readonly asked: Asked;
  /** Contracts by id, as read from `spec/contracts/`. */
  readonly contracts: Readonly<Record<string, JsonObject>>;
}

/** An axis along which a stage is repeated. Two scopes that mean the same axis share one object. */
export interface Dimension {
  /** Unique in the graph: the name, with the sub-pipeline's path before it where it is declared inside one. */
  readonly id: string;
  readonly name: string;
  readonly place: Place;
  /** Axes whose point must be known before this one's points are: those of the port it reads, or of the params it names. */
  readonly depends: readonly Dimension[];
  readonly points: StaticPoints | PortPoints;
  /** Points for which this check formula is false are dropped. Its bare names are this and the `depends` dimensions. */
  readonly where?: Check | undefined;
}

export interface StaticPoints {
  readonly kind: 'static';
  /** The points for given points of `depends`, in declared order. */
  at(binding: Binding): readonly Point[];
}
export interface PortPoints {
  readonly kind: 'port';
  /** Rows of this frame port (or entries of a json list) are the points. */
  readonly source: Source;
  /** The table lists things that are known each from its own date: columns known later are no part of the points. */
  readonly late?: readonly string[] | undefined;
}

/** One value of a dimension. */
export interface Point {
  /** `[A-Za-z0-9_.+-]{1,64}`, unique in its dimension ignoring case. */
  readonly id: string;
  /** What `$name` gives: text, a record (row of a table, entry of a list), or a resolved spec. */
  readonly value: Json;
}

/** One point for each of some dimensions. */
export type Binding = ReadonlyMap<Dimension, Point>;

/** Where a value comes from. */
export interface Source {
  readonly stage: Stage;
  readonly port: string;
}

/** One node of the graph; it has one item for every combination of points of its dimensions. */
export interface Stage {
  /** `fold/winners`: the names of the enclosing sub-pipeline stages and its own. */
  readonly path: string;
  readonly place: Place;
  readonly node: NodeEntry;
  /** Enclosing dimensions first; a dimension comes after those it depends on. */
  readonly dims: readonly Dimension[];
  readonly params: readonly Param[];
  readonly inputs: readonly Input[];
  /** Outermost first: those of enclosing sub-pipelines, then its own. The first that is false decides. */
  readonly when: readonly Gate[];
  readonly repeat?: Repeat | undefined;
  readonly expect: readonly Expectation[];
  readonly retry?: { readonly times: number; readonly backoff: number } | undefined;
  /** Milliseconds. */
  readonly timeout?: number | undefined;
  readonly resources: { readonly threads: number; readonly memory: number };
  readonly after: readonly Stage[];
  readonly publish: readonly Publish[];
}

/** One parameter of a stage: a value once the points of `dims` (and the loop variables of `repeat`) are known. */
export interface Param {
  readonly name: string;
  readonly place: Place;
  /** Dimensions the value depends on; empty for a constant. */
  readonly dims: readonly Dimension[];
  /** Loop variables of `repeat` it names. */
  readonly rounds: readonly string[];
  /** Parameters of equal identity have equal values at every point, also where only a run can tell them. */
  readonly identity: string;
  /**
   * The resolved value: durations in milliseconds, dates as UTC milliseconds, spans half-open, specs as objects with `id`,
   * formulas as canonical text, defaults filled in. Throws a Refusal with the place if the value does not fit its type.
   */
  at(binding: Binding, round: Readonly<Record<string, Json>>): Json | undefined;
}

/** One wire into a stage. */
export interface Input {
  readonly port: string;
  readonly spec: PortSpec;
  readonly place: Place;
  readonly source: Source;
  /** Dimensions of the source that a selection (`@BTCUSDT`, `@$benchmark`, `@rhythm=fast`) holds at one id. */
  readonly fixed: readonly Fixed[];
  /** Dimensions of both: matched. */
  readonly shared: readonly Dimension[];
  /** Dimensions only of the source and not held: gathered, `spec.many` is set. */
  readonly gathered: readonly Dimension[];
}
export interface Fixed {
  readonly dimension: Dimension;
  id(binding: Binding): string;
}

/** A check formula with the text it came from. Constant `$names` are bound in the tree. */
export interface Check {
  readonly tree: Tree;
  readonly text: string;
  readonly place: Place;
  /** `$names` of the tree whose values depend on the item or the round: to be bound before it is evaluated. */
  readonly params: readonly Param[];
  /** What each name before a dot or by itself stands for; every name of the tree is here. */
  readonly names: Readonly<Record<string, CheckName>>;
}

/** What a name of a check formula stands for. */
export type CheckName =
  | { readonly kind: 'in' | 'out'; readonly port: string }
  /** An input of an enclosing sub-pipeline, aligned with the dimensions of that sub-pipeline's stage. */
  | { readonly kind: 'wire'; readonly input: Input }
  /** Only in `where` of a dimension. */
  | { readonly kind: 'dimension'; readonly dimension: Dimension };

/** A `when` of a stage: where it is false, the item is skipped. */
export interface Gate extends Check {
  /** `else:`: output port → what stands in for it while this gate is false. Ports that are absent are skipped. */
  readonly otherwise: Readonly<Record<string, Source>>;
}

export interface Expectation extends Check {
  /** A broken expectation is reported, and consumers go on. */
  readonly warn: boolean;
}

export interface Repeat {
  /** Values of the loop variables, one list each of equal length; undefined: only `atMost` bounds the rounds. */
  readonly over?: Readonly<Record<string, readonly Json[]>> | undefined;
  readonly atMost: number;
  readonly until: Check;
  /** Input port → output port of the round before. */
  readonly carry: Readonly<Record<string, string>>;
  readonly place: Place;
}

export interface Publish {
  readonly port: string;
  /** What the file is called: the port as the author named it, which for a sub-pipeline is a name of its `out`. */
  readonly name: string;
  /** Folder under the project, e.g. `lake/features/perp`. */
  readonly to: string;
  readonly split?: 'month' | 'day' | 'year' | undefined;
  readonly place: Place;
}
