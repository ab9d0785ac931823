import { reporter } from '../diag/diagnostic.js';
import { type Cursor, isReserved, Stop } from './cursor.js';
import { methodAdvice } from './synonyms.js';
import type { NamedArg, Tree } from './tree.js';

const report = reporter({
  'expr/positional-after-named': 'A positional argument stands after a named one.',
});

/** What reading a value needs of the grammar around it. */
export interface Around {
  readonly cursor: Cursor;
  /** An expression of the loosest kind, as between brackets. */
  expression(): Tree;
  /** A tree made of these parts, unless it is too deep. */
  made(tree: Tree, ...parts: readonly Tree[]): Tree;
}

/** One value: a literal, `$name`, a column, a call, a list, or an expression in brackets. */
export function readPrimary(on: Around): Tree {
  const { cursor } = on;
  const { token, here: place } = cursor;
  switch (token.kind) {
    case 'number': {
      cursor.move();
      const { value, unit } = token;
      return { kind: 'number', value, ...(unit === undefined ? {} : { unit }), place };
    }
    case 'text':
      cursor.move();
      return { kind: 'text', value: token.value, place };
    case 'param':
      cursor.move();
      return { kind: 'param', name: token.value, place };
    case 'name':
      return word(token.value, token.offset, on);
    case 'sign':
      return bracket(token.offset, on);
    case 'end':
      return cursor.expected('a value');
  }
}

function bracket(start: number, on: Around): Tree {
  const { cursor } = on;
  if (cursor.take('(')) {
    const tree = on.expression();
    cursor.need(')');
    return tree;
  }
  if (!cursor.take('[')) return cursor.expected('a value');
  const items: Tree[] = [];
  if (!cursor.take(']')) {
    do items.push(on.expression());
    while (cursor.take(','));
    cursor.need(']');
  }
  return on.made({ kind: 'list', items, place: cursor.placeFrom(start) }, ...items);
}

function word(name: string, start: number, on: Around): Tree {
  const { cursor } = on;
  const place = cursor.here;
  if (name === 'true' || name === 'false') {
    cursor.move();
    return { kind: 'flag', value: name === 'true', place };
  }
  if (name === 'missing') {
    cursor.move();
    return { kind: 'missing', place };
  }
  if (isReserved(name)) return cursor.expected('a value');
  cursor.move();
  if (cursor.take('(')) return call(name, start, on);
  if (!cursor.take('.')) return { kind: 'name', name, place };
  const member = cursor.token;
  if (member.kind !== 'name' || isReserved(member.value))
    return cursor.expected('a column after the dot');
  cursor.move();
  if (cursor.spelling === '(')
    return cursor.expected('an operator or the end', methodAdvice(name, member.value));
  return { kind: 'name', of: name, name: member.value, place: cursor.placeFrom(start) };
}

function call(op: string, start: number, on: Around): Tree {
  const { cursor } = on;
  const args: Tree[] = [];
  const named: NamedArg[] = [];
  if (!cursor.take(')')) {
    do argument(args, named, on);
    while (cursor.take(','));
    cursor.need(')');
  }
  const tree: Tree = { kind: 'call', op, args, named, place: cursor.placeFrom(start) };
  return on.made(tree, ...args, ...named.map((n) => n.value));
}

function argument(args: Tree[], named: NamedArg[], on: Around): void {
  const { cursor } = on;
  const { token, after, here: place } = cursor;
  if (token.kind === 'name' && after?.kind === 'sign' && after.value === '=') {
    cursor.move(2);
    named.push({ name: token.value, value: on.expression(), place });
    return;
  }
  const value = on.expression();
  if (named.length > 0) throw new Stop(report('expr/positional-after-named', place));
  args.push(value);
}
