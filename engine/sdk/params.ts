import type { Json, JsonObject } from '../yaml/value.js';
import type { Formula } from './formula.js';
import type { AnyKind, SpecOf } from './kind.js';

declare const gives: unique symbol;

/**
 * What a parameter may be: plain JSON Schema (for editors and docs) that also carries the TypeScript type `run` receives.
 * `x-dag` names the authored type, from which the compiler coerces text such as `60d` or a spec's id.
 */
export interface Param<T> extends ParamSchema {
  readonly [gives]?: T;
}

export interface ParamSchema {
  readonly 'x-dag': ParamType;
  readonly description?: string;
  readonly default?: Json;
  readonly [keyword: string]: unknown;
}

export type ParamType =
  | {
      readonly as: 'number' | 'integer';
      readonly min?: number;
      readonly max?: number;
      readonly above?: number;
      readonly unit?: string;
    }
  | {
      readonly as: 'text';
      readonly pattern?: string;
      /** What a text of this pattern is, in words. */
      readonly form?: string;
      readonly choices?: readonly string[];
      /** The text is a unit. */
      readonly unit?: true;
    }
  | { readonly as: 'boolean' | 'duration' | 'date' | 'span' | 'folder' | 'seed' | 'json' }
  | { readonly as: 'list'; readonly of: ParamSchema; readonly min?: number; readonly max?: number }
  | { readonly as: 'map'; readonly of: ParamSchema }
  | {
      readonly as: 'record';
      readonly fields: Readonly<Record<string, ParamSchema>>;
      readonly name?: string;
    }
  | {
      readonly as: 'spec';
      readonly kind: string;
      /** The kind's fields, and whether it has `let`: what `revive` needs. Absent where only the name was written. */
      readonly fields?: Readonly<Record<string, ParamSchema>>;
      readonly formulas?: boolean;
    }
  | { readonly as: 'id'; readonly kind: string }
  | { readonly as: 'column' | 'columns'; readonly port: string }
  | {
      readonly as: 'formula';
      readonly over?: string;
      readonly gives?: 'number' | 'boolean' | 'text' | 'any';
    }
  | { readonly as: 'optional'; readonly of: ParamSchema };

/** The type that `run` receives for a parameter. */
export type ParamValue<P> = P extends Param<infer T> ? T : never;
export type ParamSpecs = Readonly<Record<string, ParamSchema>>;
export type ParamValues<P extends ParamSpecs> = { readonly [K in keyof P]: ParamValue<P[K]> };

interface About<T> {
  readonly doc?: string;
  readonly default?: T;
}
interface Bounds {
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
  readonly unit?: string;
}

/** Half-open interval of UTC milliseconds; authored as days, of which `to` is included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** The parameter types. A parameter without a default must be given; `t.optional(…)` may be left out. */
export const t = {
  number: (o: About<number> & Bounds = {}) => numeric('number', o),
  integer: (o: About<number> & Bounds = {}) => numeric('integer', o),
  /** A pattern is given with a `form`: what it asks for, in words. */
  text: (
    o: About<string> &
      (
        | { readonly pattern?: never; readonly form?: never }
        | { readonly pattern: string; readonly form: string }
      ) = {},
  ): Param<string> => {
    const type = { as: 'text', ...pick(o, 'pattern'), ...pick(o, 'form') } as const;
    return param(type, { type: 'string', ...pick(o, 'pattern') }, o);
  },
  /** The unit of a column, of the words that units are made of. */
  unit: (o: About<string> = {}): Param<string> =>
    param({ as: 'text', unit: true }, { type: 'string' }, o),
  choice: <const C extends readonly string[]>(
    choices: C,
    o: About<C[number]> = {},
  ): Param<C[number]> => param({ as: 'text', choices }, { enum: choices }, o),
  boolean: (o: About<boolean> = {}): Param<boolean> =>
    param({ as: 'boolean' }, { type: 'boolean' }, o),
  /** Arrives in milliseconds; authored as `90s 5m 4h 30d 2w`. */
  duration: (o: About<string> = {}): Param<number> =>
    param({ as: 'duration' }, { type: 'string', pattern: DURATION }, o),
  /** Arrives as UTC milliseconds; authored as `2024-01-31` or an ISO time ending in Z. */
  date: (o: About<string> = {}): Param<number> =>
    param({ as: 'date' }, { type: 'string', pattern: DATE }, o),
  span: (o: About<{ readonly from: string; readonly to: string }> = {}): Param<Span> =>
    param(
      { as: 'span' },
      {
        type: 'object',
        required: ['from', 'to'],
        additionalProperties: false,
        properties: {
          from: { type: 'string', pattern: DATE },
          to: { type: 'string', pattern: DATE },
        },
      },
      o,
    ),
  /** A path; may lie outside the project only when the command line names it. Never part of a key: file contents are. */
  folder: (o: About<string> = {}): Param<string> => param({ as: 'folder' }, { type: 'string' }, o),
  list: <T>(
    of: Param<T>,
    o: About<readonly Json[]> & { readonly min?: number; readonly max?: number } = {},
  ): Param<readonly T[]> =>
    param(
      { as: 'list', of, ...pick(o, 'min'), ...pick(o, 'max') },
      { type: 'array', items: of, ...keyword('minItems', o.min), ...keyword('maxItems', o.max) },
      o,
    ),
  map: <T>(of: Param<T>, o: About<JsonObject> = {}): Param<Readonly<Record<string, T>>> =>
    param({ as: 'map', of }, { type: 'object', additionalProperties: of }, o),
  record: <F extends ParamSpecs>(
    fields: F,
    o: About<JsonObject> & { readonly name?: string } = {},
  ): Param<ParamValues<F>> =>
    param(
      { as: 'record', fields, ...pick(o, 'name') },
      { type: 'object', properties: fields, additionalProperties: false },
      o,
    ),
  /** A spec of this kind, named by id or path; arrives parsed and checked, with its formulas compiled. */
  spec: <K extends AnyKind>(kind: K, o: About<string> = {}): Param<SpecOf<K>> =>
    param(
      { as: 'spec', kind: kind.kind, fields: kind.fields, formulas: kind.formulas },
      { type: 'string' },
      o,
    ),
  /** The id of a spec of this kind, which must exist; arrives as text, and what stands in that spec changes nothing. */
  id: (kind: AnyKind, o: About<string> = {}): Param<string> =>
    param({ as: 'id', kind: kind.kind }, { type: 'string' }, o),
  /** The name of a column of the named input port; checked against the port's columns. */
  column: (port: string, o: About<string> = {}): Param<string> =>
    param({ as: 'column', port }, { type: 'string' }, o),
  columns: (port: string, o: About<readonly string[]> = {}): Param<readonly string[]> =>
    param({ as: 'columns', port }, { type: 'array', items: { type: 'string' } }, o),
  /** A formula over the columns of an input port; arrives parsed. */
  formula: (
    o: About<string> & {
      readonly over?: string;
      readonly gives?: 'number' | 'boolean' | 'text' | 'any';
    } = {},
  ): Param<Formula> =>
    param(
      { as: 'formula', ...pick(o, 'over'), ...pick(o, 'gives') },
      { type: ['string', 'number', 'boolean'] },
      o,
    ),
  /** Declares that the node draws random numbers; the only key to `ctx.random`. */
  seed: (o: About<number> = {}): Param<number> =>
    param({ as: 'seed' }, { type: 'integer', minimum: 0 }, o),
  /** Any plain data. */
  json: (o: About<Json> = {}): Param<Json> => param({ as: 'json' }, {}, o),
  optional: <T>(of: Param<T>): Param<T | undefined> =>
    param(
      { as: 'optional', of },
      plainKeywords(of),
      of.description === undefined ? {} : { doc: of.description },
    ),
};

const DURATION = '^(0|[1-9][0-9]*)(ms|s|m|h|d|w)$';
const DATE = '^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,3})?)?Z)?$';

function numeric(as: 'number' | 'integer', o: About<number> & Bounds): Param<number> {
  const type = {
    as,
    ...pick(o, 'min'),
    ...pick(o, 'max'),
    ...pick(o, 'above'),
    ...pick(o, 'unit'),
  };
  const limits = {
    ...keyword('minimum', o.min),
    ...keyword('maximum', o.max),
    ...keyword('exclusiveMinimum', o.above),
  };
  return param(type, { type: as, ...limits }, o);
}

function param<T>(
  type: ParamType,
  keywords: Readonly<Record<string, unknown>>,
  about: About<unknown>,
): Param<T> {
  const given = about.default === undefined ? {} : { default: about.default as Json }; // `About` is typed by each caller
  return { 'x-dag': type, ...keywords, ...keyword('description', about.doc), ...given };
}

function plainKeywords(of: ParamSchema): Readonly<Record<string, unknown>> {
  const { 'x-dag': _type, description: _doc, default: _given, ...rest } = of;
  return rest;
}

function keyword(name: string, value: unknown): Readonly<Record<string, unknown>> {
  return value === undefined ? {} : { [name]: value };
}

function pick<O, K extends keyof O>(o: O, key: K): Partial<Pick<O, K>> {
  const found: Partial<Pick<O, K>> = {};
  if (o[key] !== undefined) found[key] = o[key];
  return found;
}
