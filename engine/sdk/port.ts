import type { Frame } from '../frame/frame.js';
import type { Json, JsonObject } from '../yaml/value.js';

declare const carries: unique symbol;

export type PortKind = 'frame' | 'json' | 'scalar' | 'file' | 'model';

/** A typed opening of a node. `T` is what stands there: a Frame, plain data, one value, a file. */
export interface Port<T> extends PortSpec {
  readonly [carries]?: T;
}

export interface PortSpec {
  readonly kind: PortKind;
  readonly doc: string;
  /** Frames: the id of the contract under `spec/contracts/` that every crossing is checked against. */
  readonly contract?: string;
  /** json: JSON Schema of the value, checked at every hand-over. */
  readonly schema?: JsonObject;
  /** Files of JSON, a value a line: what one of them is called, and its JSON Schema, which `dag schema` writes to disk. */
  readonly lines?: { readonly name: string; readonly schema: JsonObject };
  /** Decisions: only values known row by row may come in; estimates over a window are refused by the compiler. */
  readonly rowwise?: boolean;
  /** Results that are judged: whatever decided that they are there must have been known before their rows. */
  readonly judged?: boolean;
  /** Gathers every item of its producer; `min` is the least number of items. */
  readonly many?: { readonly min: number };
  /** An input that may be absent: unbound in the YAML, or its producer skipped. An output that a node may leave out. */
  readonly optional?: boolean;
}

/** One gathered item: where it stands (dimension → id) and its value. */
export interface Gathered<T> {
  readonly at: Readonly<Record<string, string>>;
  readonly value: T;
}

/** What a `file` or `model` input gives: read it once, it never changes. */
export interface FileValue {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export type PortValue<P> = P extends Port<infer T> ? T : never;
export type PortSpecs = Readonly<Record<string, PortSpec>>;
export type PortValues<P extends PortSpecs> = { readonly [K in keyof P]: PortValue<P[K]> };

type FrameOptions = {
  readonly contract?: string;
  readonly rowwise?: boolean;
  readonly judged?: boolean;
};

/** The kinds of ports. A name used by several nodes belongs into `nodes/ports.ts`. */
export const port = {
  frame: (doc: string, o: FrameOptions = {}): Port<Frame> => ({ kind: 'frame', doc, ...o }),
  json: <T = Json>(doc: string, schema?: JsonObject): Port<T> => ({
    kind: 'json',
    doc,
    ...(schema ? { schema } : {}),
  }),
  /** One number, boolean or text; NaN arrives and leaves as `null`. */
  scalar: <T extends number | boolean | string | null = number>(doc: string): Port<T> => ({
    kind: 'scalar',
    doc,
  }),
  file: (doc: string, o: Pick<PortSpec, 'lines'> = {}): Port<FileValue> => ({
    kind: 'file',
    doc,
    ...o,
  }),
  model: (doc: string): Port<FileValue> => ({ kind: 'model', doc }),
};

/** A port that gathers all items of its producer, sorted by id. */
export function many<T>(
  of: Port<T>,
  o: { readonly min?: number } = {},
): Port<readonly Gathered<T>[]> {
  return { ...without(of), many: { min: o.min ?? 1 } };
}

/** A port that may stay empty: an input nobody binds, an output that some parameters do not give. */
export function optional<T>(of: Port<T>): Port<T | undefined> {
  return { ...without(of), optional: true };
}

function without<T>(of: Port<T>): PortSpec {
  const {
    kind,
    doc,
    contract,
    schema,
    lines,
    rowwise,
    judged,
    many: gathered,
    optional: maybe,
  } = of;
  return {
    kind,
    doc,
    ...(contract === undefined ? {} : { contract }),
    ...(schema === undefined ? {} : { schema }),
    ...(lines === undefined ? {} : { lines }),
    ...(rowwise === undefined ? {} : { rowwise }),
    ...(judged === undefined ? {} : { judged }),
    ...(gathered === undefined ? {} : { many: gathered }),
    ...(maybe === undefined ? {} : { optional: maybe }),
  };
}
