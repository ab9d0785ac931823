import type { Arg, ConstantArg, Operator } from '../../../engine/expr/op.js';
import { operators } from '../../../engine/expr/ops/index.js';
import type { ValueType } from '../../../engine/expr/types.js';
import { shipped } from './kit.js';

/** Draws that decide a formula; when they run out everything is as small as can be, so that a counterexample shrinks well. */
export class Tape {
  #next = 0;

  constructor(readonly draws: readonly number[]) {}

  below(n: number): number {
    const draw = this.draws[this.#next] ?? 0;
    this.#next += 1;
    return draw % n;
  }

  of<T>(choices: readonly T[]): T {
    const choice = choices[this.below(choices.length)];
    if (choice === undefined) throw new Error('There is nothing to choose from.');
    return choice;
  }
}

/** What leaves of a formula may be, by type. */
export type Leaves = Readonly<Record<ValueType, readonly string[]>>;

/** Constants for arguments that want one; some are out of bounds, so that refusals are met too. */
const CONSTANTS: Readonly<Record<ConstantArg['is'], readonly string[]>> = {
  rows: ['3', '2', '5', '9', '20', '1h', '15m', 'all', '1', '0'],
  integer: ['1', '2', '3', '7'],
  number: ['0.5', '1', '2', '0.9', '3', '-1', '0'],
  flag: ['true', 'false'],
  word: [],
  list: ['[0, 8]', '[-1, 0, 2.5]', "['a', 'b']"],
  duration: ['1h', '30m', '3h', '2h'],
};
const SIGNS = new Map([
  ['negate', '-'],
  ['not', 'not '],
]);
/** Composed operators and those with a name; `ahead` is for targets. */
const NAMED = [...operators.values()].filter((op) => op.name !== 'ahead');
const COMPOSED = [...shipped().values()];

/** A formula of a type, grown from the declarations of all operators. It need not be sound. */
export function grown(type: ValueType, tape: Tape, leaves: Leaves, depth: number): string {
  if (depth === 0 || tape.below(6) === 0) return tape.of(leaves[type]);
  const part = (t: ValueType): string => grown(t, tape, leaves, depth - 1);
  if (type === 'number' && tape.below(3) === 1) {
    const one = tape.of(COMPOSED);
    const args = one.args.flatMap((arg): readonly string[] => {
      if (arg.default !== undefined && tape.below(2) === 0) return [];
      const words = arg.constant?.words ?? [];
      const value =
        arg.kind === 'series'
          ? part(seriesOf(arg.doc))
          : tape.of(arg.kind === 'word' ? words : CONSTANTS[arg.kind]);
      return [`${arg.name}=${value}`];
    });
    return args.length === 0 ? one.name : `${one.name}(${args.join(', ')})`;
  }
  const op = tape.of(NAMED.filter((o) => mayGive(o, type)));
  return call(op, type, tape, part);
}

/** Composed operators do not type their arguments; those for conditions say so. */
function seriesOf(doc: string): ValueType {
  return /condition|true|flag/i.test(doc) ? 'boolean' : 'number';
}

function mayGive(op: Operator, type: ValueType): boolean {
  return givenTypes(op, type).length > 0;
}

/** What the arguments of any type may be for the operator to give a type. */
function givenTypes(op: Operator, type: ValueType): readonly ValueType[] {
  const { gives } = op;
  if (typeof gives !== 'function') return gives === type ? TYPES : [];
  const kinds = op.args.flatMap((a) => (a.is === 'series' ? [a.type] : []));
  return TYPES.filter((t) => gives(kinds.map((k) => (k === 'any' ? t : k))) === type);
}
const TYPES: readonly ValueType[] = ['number', 'boolean', 'text'];

function call(op: Operator, type: ValueType, tape: Tape, part: (t: ValueType) => string): string {
  const open = tape.of(givenTypes(op, type));
  return spelled(
    op,
    op.args.map((arg) => argument(arg, open, tape, part)),
  );
}

/** A call as it is written, from one text for each argument; undefined where it is left out. */
export function spelled(op: Operator, values: readonly (string | undefined)[]): string {
  const args = op.args.flatMap((arg, index) => {
    const value = values[index];
    if (value === undefined) return [];
    // What follows an optional argument is named, as it may have been left out.
    const rest = arg.is === 'series' && arg.rest !== undefined;
    return [!rest && op.args.slice(0, index + 1).some(isOptional) ? `${arg.name}=${value}` : value];
  });
  const [a = '', b = ''] = args;
  const sign = SIGNS.get(op.name);
  if (sign !== undefined) return `${sign}(${a})`;
  if (!/^[a-z]\w+$/.test(op.name) || ['and', 'or', 'in'].includes(op.name))
    return `((${a}) ${op.name} ${b.startsWith('[') ? b : `(${b})`})`;
  return args.length === 0 ? op.name : `${op.name}(${args.join(', ')})`;
}

function argument(
  arg: Arg,
  open: ValueType,
  tape: Tape,
  part: (t: ValueType) => string,
): string | undefined {
  if (isOptional(arg) && tape.below(2) === 0) return undefined;
  if (arg.is === 'table') return 'funding';
  if (arg.is !== 'series')
    return tape.of(arg.is === 'word' ? (arg.words ?? []) : CONSTANTS[arg.is]);
  return part(arg.type === 'any' ? open : arg.type);
}

/** Whether a call may leave an argument out. */
export function isOptional(arg: Arg): boolean {
  if (arg.is === 'table') return false;
  return arg.optional === true || (arg.is !== 'series' && arg.default !== undefined);
}
