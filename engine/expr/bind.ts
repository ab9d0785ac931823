import type { Diagnostic, Place } from '../diag/diagnostic.js';
import { reporter } from '../diag/diagnostic.js';
import { suggestion } from '../diag/suggest.js';
import type { Json } from '../yaml/value.js';
import {
  DURATION_UNITS,
  type DurationUnit,
  type NumberTree,
  type Tree,
  withParts,
} from './tree.js';

const problem = reporter({
  'expr/unknown-param': 'There is no parameter called "{name}".',
  'expr/param-type':
    'The parameter "{name}" is {found}; a formula takes a number, text, true or false, a duration or a list of these.',
});

/**
 * Replace every `$name` by its value and work out constant arithmetic, so `ceil(0.75 * $window)` becomes `72`.
 * Text in the form of a duration (`24h`, `6b`) becomes one; `null` becomes `missing`.
 * @param open  `$names` that are left as they stand.
 */
export function bind(
  tree: Tree,
  constants: Readonly<Record<string, Json>>,
  report: (diagnostic: Diagnostic) => void,
  open: readonly string[] = [],
): Tree {
  const visit = (part: Tree): Tree => {
    if (part.kind === 'param' && open.includes(part.name)) return part;
    if (part.kind === 'param') return parameter(part.name, constants, part.place, report);
    const bound = withParts(part, visit);
    if (bound.kind === 'call') return foldCall(bound);
    return bound.kind === 'binary' ? foldBinary(bound) : bound;
  };
  return visit(tree);
}

function parameter(
  name: string,
  constants: Readonly<Record<string, Json>>,
  place: Place,
  report: (diagnostic: Diagnostic) => void,
): Tree {
  const value = Object.hasOwn(constants, name) ? constants[name] : undefined;
  if (value === undefined) {
    const hint = suggestion(name, Object.keys(constants));
    report(problem('expr/unknown-param', place, { name }, { hint }));
    return { kind: 'missing', place };
  }
  const tree = literal(value, place);
  if (tree !== undefined) return tree;
  const found = typeof value === 'number' ? String(value) : 'a record';
  report(problem('expr/param-type', place, { name, found }));
  return { kind: 'missing', place };
}

/** A plain value as the tree that spells it; undefined for records and for numbers that are not finite. */
export function literal(value: Json, place: Place): Tree | undefined {
  if (value === null) return { kind: 'missing', place };
  if (typeof value === 'boolean') return { kind: 'flag', value, place };
  if (typeof value === 'number') return Number.isFinite(value) ? signed(value, place) : undefined;
  if (typeof value === 'string') return duration(value, place) ?? { kind: 'text', value, place };
  if (!isList(value)) return undefined;
  const items = value.map((item) => literal(item, place));
  return items.every((item) => item !== undefined) ? { kind: 'list', items, place } : undefined;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

const DURATION = /^(\d+(?:\.\d+)?)(b|s|mo|m|h|d|w|y)$/;

function duration(text: string, place: Place): NumberTree | undefined {
  const parts = DURATION.exec(text);
  const unit: DurationUnit | undefined = DURATION_UNITS.find((u) => u === parts?.[2]);
  if (parts === null || unit === undefined) return undefined;
  return { kind: 'number', value: Number(parts[1]), unit, place };
}

function signed(value: number, place: Place): Tree {
  const size: NumberTree = { kind: 'number', value: Math.abs(value), place };
  return value < 0 ? { kind: 'unary', op: '-', arg: size, place } : size;
}

/** The number a tree spells, or undefined if it is not a plain number: durations keep their unit until a clock is known. */
export function plainNumber(tree: Tree): number | undefined {
  if (tree.kind === 'number' && tree.unit === undefined) return tree.value;
  if (tree.kind !== 'unary' || tree.op !== '-') return undefined;
  const size = plainNumber(tree.arg);
  return size === undefined ? undefined : -size;
}

function foldBinary(tree: Tree & { kind: 'binary' }): Tree {
  const [a, b] = [plainNumber(tree.left), plainNumber(tree.right)];
  if (a === undefined || b === undefined) return tree;
  const value =
    tree.op === '+'
      ? a + b
      : tree.op === '-'
        ? a - b
        : tree.op === '*'
          ? a * b
          : tree.op === '/'
            ? a / b
            : Number.NaN;
  return Number.isFinite(value) ? signed(value, tree.place) : tree;
}

function foldCall(tree: Tree & { kind: 'call' }): Tree {
  const values = tree.args.map(plainNumber);
  const known = values.filter((v) => v !== undefined);
  if (tree.named.length > 0 || known.length === 0 || known.length < values.length) return tree;
  const value = folded(tree.op, known);
  return value !== undefined && Number.isFinite(value) ? signed(value, tree.place) : tree;
}

function folded(op: string, values: readonly number[]): number | undefined {
  if (op === 'max') return Math.max(...values);
  if (op === 'min') return Math.min(...values);
  const [x] = values;
  if (x === undefined || values.length > 1) return undefined;
  if (op === 'ceil') return Math.ceil(x);
  if (op === 'floor') return Math.floor(x);
  if (op === 'round') return Math.round(x);
  if (op === 'abs') return Math.abs(x);
  if (op === 'sqrt') return Math.sqrt(x);
  return undefined;
}
