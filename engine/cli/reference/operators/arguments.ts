import type { ComposedArg } from '../../../expr/composed-args.js';
import { Constants } from '../../../expr/constants.js';
import { printFormula } from '../../../expr/index.js';
import type { Arg, ConstantArg } from '../../../expr/op.js';
import type { Constant } from '../../../expr/types.js';

/** An argument as a row of a table. */
export interface ArgumentRow {
  readonly name: string;
  readonly is: string;
  readonly preset: string;
  readonly bounds: string;
  readonly doc: string;
}

export function argumentRow(arg: Arg, all: readonly Arg[]): ArgumentRow {
  const { name } = arg;
  if (arg.is === 'table') return { name, is: 'table', preset: '', bounds: '', doc: '' };
  if (arg.is === 'series') {
    const type = arg.type === 'any' ? 'series' : `series of ${TYPES[arg.type]}`;
    const is = arg.rest === undefined ? type : `${type}, any number of them`;
    return { name, is, preset: arg.optional ? 'optional' : '', bounds: '', doc: '' };
  }
  return {
    name,
    is: constantText(arg),
    preset: presetOf(arg, all),
    bounds: boundsOf(arg),
    doc: '',
  };
}

export function composedRow({
  name,
  kind,
  constant,
  default: preset,
  doc,
}: ComposedArg): ArgumentRow {
  return {
    name,
    is: constant === undefined ? kind : constantText(constant),
    preset: preset === undefined ? '' : code(printFormula(preset)),
    bounds: constant === undefined ? '' : boundsOf(constant),
    doc,
  };
}

const TYPES = { number: 'numbers', boolean: 'flags', text: 'texts' } as const;

function constantText({ is, words, all }: ConstantArg): string {
  if (is === 'word') return `one of ${(words ?? []).map(code).join(', ')}`;
  if (is === 'rows') return all ? 'rows, a duration or `all`' : 'rows or a duration';
  return is;
}

function boundsOf({ least, most }: ConstantArg): string {
  if (least !== undefined && most !== undefined) return `${least} … ${most}`;
  if (least !== undefined) return `≥ ${least}`;
  return most === undefined ? '' : `≤ ${most}`;
}

/** A default that follows from other arguments is found out by giving these values that no one would choose. */
function presetOf(arg: ConstantArg, all: readonly Arg[]): string {
  const { default: preset, optional } = arg;
  if (preset === undefined) return optional ? 'optional' : '';
  if (typeof preset !== 'function') return code(String(preset));
  const counts = all.filter((a) => a.is === 'rows' || a.is === 'integer' || a.is === 'number');
  const values = new Map<string, Constant>(counts.map((a, i) => [a.name, 1_000_003 + i]));
  const found = preset(new Constants(values));
  const same = counts.find((a) => values.get(a.name) === found);
  return code(same === undefined ? String(found) : same.name);
}

function code(text: string): string {
  return `\`${text}\``;
}
