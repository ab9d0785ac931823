import type { Place } from '../diag/diagnostic.js';
import type { Problems } from '../diag/problems.js';
import type { Catalogue, NodeEntry } from '../sdk/catalogue.js';
import type { ParamSchema } from '../sdk/params.js';
import type { PortSpec } from '../sdk/port.js';
import type { PipelineAst, StageAst } from './ast.js';
import type { Check, Dimension, Fixed, Source, Stage } from './graph.js';
import type { Project } from './project.js';
import type { Specs } from './specs.js';
import type { Term } from './terms.js';

/** What one compilation shares between its scopes. */
export interface Session {
  readonly catalogue: Catalogue;
  readonly project: Project;
  readonly specs: Specs;
  readonly problems: Problems;
  /** Name of the folder that holds the store. */
  readonly lake: string;
  /** Types of the values of dimensions, where they are known before a run. */
  readonly types: WeakMap<Dimension, ParamSchema>;
  /** Every dimension that was resolved, in that order. */
  readonly dimensions: Dimension[];
  /** Declared things that something refers to: what is not here is unused. */
  readonly used: Set<object>;
}

/** A stage while its parts are found; it becomes a `Stage` without being copied, so that wires can point at it early. */
export type Draft = { -readonly [K in keyof Stage]: Stage[K] };

/** A stage as other stages see it. */
export type Shell = NodeShell | PartShell | LostShell;

export interface NodeShell {
  readonly kind: 'node';
  readonly ast: StageAst;
  readonly scope: Scope;
  readonly entry: NodeEntry;
  readonly draft: Draft;
  /** Enclosing dimensions and those of `foreach`; also set on the draft. */
  dims(): readonly Dimension[];
}
/** A stage that uses a sub-pipeline. */
export interface PartShell {
  readonly kind: 'part';
  readonly ast: StageAst;
  readonly scope: Scope;
  readonly inner: Scope;
  dims(): readonly Dimension[];
  /** What an output of the sub-pipeline is wired to. */
  out(name: string): Wire | undefined;
}
/** A stage whose `use` leads nowhere: it was reported once, and references to it are not. */
export interface LostShell {
  readonly kind: 'lost';
  readonly ast: StageAst;
}

/** A value that can be taken from somewhere: an output port, at some ids of its dimensions. */
export interface Wire {
  readonly source: Source;
  readonly spec: PortSpec;
  /** The contract its values keep, if the port or an `in` on the way says so. */
  readonly contract: string | undefined;
  readonly fixed: readonly Fixed[];
}

/** An input of a sub-pipeline. `wire` is absent where it is unbound, or bound to something broken (`broken`). */
export interface InPort {
  readonly wire: Wire | undefined;
  readonly broken: boolean;
  readonly optional: boolean;
  readonly place: Place;
}

/** A `when` of a stage around: the check, and what its `else` puts in the place of which output inside. */
export interface OuterGate {
  readonly check: Check;
  stands(): readonly { readonly of: Source; readonly by: Source }[];
}

/** One pipeline file at one place of the graph: the names its stages may use. */
export interface Scope {
  readonly session: Session;
  readonly ast: PipelineAst;
  /** `fold/` inside the sub-pipeline of stage `fold`; empty at the top. */
  readonly path: string;
  /** Files from the top to here. */
  readonly chain: readonly string[];
  /** The stage this scope is the inside of. */
  readonly caller: PartShell | undefined;
  readonly shells: ReadonlyMap<string, Shell>;
  /** Dimensions every stage in here has, because the stage around has them. */
  enclosing(): readonly Dimension[];
  param(name: string): Term | undefined;
  dimension(name: string): Dimension | undefined;
  readonly dimensionNames: readonly string[];
  inPort(name: string): InPort | undefined;
  /** Gates of the stages around. */
  gates(): readonly OuterGate[];
}

/** A value computed when it is first asked for; asking for it while it is computed gives `cyclic()`. */
export function once<T>(compute: () => T, cyclic: () => T): () => T {
  let state: 'new' | 'busy' | { readonly value: T } = 'new';
  return () => {
    if (state === 'busy') return cyclic();
    if (state !== 'new') return state.value;
    state = 'busy';
    const value = compute();
    state = { value };
    return value;
  };
}

/** As `once`, for values by name; `known` says which names there are. */
export function onceByName<T>(
  compute: (name: string) => T | undefined,
  cyclic: (name: string) => T | undefined,
): (name: string) => T | undefined {
  const found = new Map<string, () => T | undefined>();
  return (name) => {
    let value = found.get(name);
    if (!value) {
      value = once(
        () => compute(name),
        () => cyclic(name),
      );
      found.set(name, value);
    }
    return value();
  };
}
