import type { Diagnostic, Place } from '../diag/diagnostic.js';
import { reporter } from '../diag/diagnostic.js';
import { type Locate, lex, type Token } from './lex.js';
import type { BinaryOp, NamedArg, Tree } from './tree.js';

export type { Locate } from './lex.js';
export { printFormula } from './print.js';

const report = reporter({
  'expr/empty': 'The formula is empty.',
  'expr/expected': 'Expected {expected}, found {found}.',
  'expr/chained': 'Comparisons do not chain.',
  'expr/too-deep': 'The formula is nested deeper than {limit} levels.',
  'expr/too-long': 'The formula has {length} characters; at most {limit} are allowed.',
  'expr/positional-after-named': 'A positional argument stands after a named one.',
});

/** How deep a formula may nest, operators in a row included: beyond it nobody can read it, and recursion ends. */
export const MAX_DEPTH = 100;
/** How long a formula may be, in characters. */
export const MAX_LENGTH = 16_384;

const RESERVED: ReadonlySet<string> = new Set([
  'and',
  'or',
  'not',
  'in',
  'true',
  'false',
  'missing',
]);
const COMPARISONS: ReadonlyMap<string, BinaryOp> = new Map([
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
  ['==', '=='],
  ['!=', '!='],
  ['in', 'in'],
]);

/** Ends parsing at the first problem; caught by `parseFormula`, which is the only one to make a parser. */
class Stop extends Error {
  constructor(readonly problem: Diagnostic) {
    super(problem.message);
  }
}

/**
 * Read a formula.
 * @param locate  From a character offset and length in `text` to the place in its file.
 * @returns       The tree, or what is wrong with the text. Nothing else is thrown, whatever the text.
 */
export function parseFormula(
  text: string,
  locate: Locate,
): { readonly tree: Tree | undefined; readonly problems: readonly Diagnostic[] } {
  const refused = (problem: Diagnostic) => ({ tree: undefined, problems: [problem] });
  if (text.length > MAX_LENGTH)
    return refused(
      report('expr/too-long', locate(0, 1), { length: text.length, limit: MAX_LENGTH }),
    );
  const { tokens, problem } = lex(text, locate);
  if (problem !== undefined) return refused(problem);
  if (tokens.length === 1) return refused(report('expr/empty', locate(0, 1)));
  try {
    return { tree: new Parser(tokens, locate).formula(), problems: [] };
  } catch (error) {
    if (error instanceof Stop) return refused(error.problem);
    throw error;
  }
}

/** Precedence climbing; one method a level, loosest first. */
class Parser {
  #next = 0;
  #depth = 0;
  readonly #depths = new WeakMap<Tree, number>();

  constructor(
    readonly tokens: readonly Token[],
    readonly locate: Locate,
  ) {}

  formula(): Tree {
    const tree = this.#or();
    if (this.#token.kind !== 'end') this.#expected('an operator or the end of the formula');
    return tree;
  }

  get #token(): Token {
    const token = this.tokens[Math.min(this.#next, this.tokens.length - 1)];
    if (token === undefined) throw new Error('A token list always has an end.');
    return token;
  }

  /** The operator the next token spells, sign or word. */
  get #spelling(): string | undefined {
    const token = this.#token;
    return token.kind === 'sign' || (token.kind === 'name' && RESERVED.has(token.value))
      ? token.value
      : undefined;
  }

  #take(spelling: string): boolean {
    if (this.#spelling !== spelling) return false;
    this.#next += 1;
    return true;
  }

  #need(spelling: string): void {
    if (!this.#take(spelling)) this.#expected(`\`${spelling}\``);
  }

  #expected(expected: string): never {
    const found = describe(this.#token);
    throw new Stop(report('expr/expected', this.#here(), { expected, found }));
  }

  #here(): Place {
    return this.locate(this.#token.offset, this.#token.length);
  }

  #placeFrom(start: number): Place {
    const last = this.tokens[this.#next - 1];
    const end = last === undefined ? start + 1 : last.offset + last.length;
    return this.locate(start, Math.max(1, end - start));
  }

  #made(tree: Tree, ...parts: readonly Tree[]): Tree {
    const depth = 1 + parts.reduce((d, part) => Math.max(d, this.#depths.get(part) ?? 1), 0);
    if (depth > MAX_DEPTH) this.#tooDeep(tree.place);
    this.#depths.set(tree, depth);
    return tree;
  }

  #tooDeep(place: Place): never {
    throw new Stop(report('expr/too-deep', place, { limit: MAX_DEPTH }));
  }

  #binary(op: BinaryOp, left: Tree, right: Tree, start: number): Tree {
    return this.#made(
      { kind: 'binary', op, left, right, place: this.#placeFrom(start) },
      left,
      right,
    );
  }

  #or(): Tree {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) this.#tooDeep(this.#here());
    const start = this.#token.offset;
    let left = this.#and();
    while (this.#take('or')) left = this.#binary('or', left, this.#and(), start);
    this.#depth -= 1;
    return left;
  }

  #and(): Tree {
    const start = this.#token.offset;
    let left = this.#not();
    while (this.#take('and')) left = this.#binary('and', left, this.#not(), start);
    return left;
  }

  #not(): Tree {
    const start = this.#token.offset;
    let negations = 0;
    while (this.#take('not')) negations += 1;
    let tree = this.#comparison();
    for (; negations > 0; negations -= 1)
      tree = this.#made(
        { kind: 'unary', op: 'not', arg: tree, place: this.#placeFrom(start) },
        tree,
      );
    return tree;
  }

  #comparison(): Tree {
    const start = this.#token.offset;
    const left = this.#sum();
    const op = COMPARISONS.get(this.#spelling ?? '');
    if (op === undefined) return left;
    this.#next += 1;
    const tree = this.#binary(op, left, this.#sum(), start);
    if (COMPARISONS.has(this.#spelling ?? ''))
      throw new Stop(report('expr/chained', this.#here(), {}, { hint: 'write `a < b and b < c`' }));
    return tree;
  }

  #sum(): Tree {
    const start = this.#token.offset;
    let left = this.#product();
    for (;;) {
      if (this.#take('+')) left = this.#binary('+', left, this.#product(), start);
      else if (this.#take('-')) left = this.#binary('-', left, this.#product(), start);
      else return left;
    }
  }

  #product(): Tree {
    const start = this.#token.offset;
    let left = this.#minus();
    for (;;) {
      if (this.#take('*')) left = this.#binary('*', left, this.#minus(), start);
      else if (this.#take('/')) left = this.#binary('/', left, this.#minus(), start);
      else return left;
    }
  }

  #minus(): Tree {
    const start = this.#token.offset;
    let minuses = 0;
    while (this.#take('-')) minuses += 1;
    let tree = this.#power();
    for (; minuses > 0; minuses -= 1)
      tree = this.#made({ kind: 'unary', op: '-', arg: tree, place: this.#placeFrom(start) }, tree);
    return tree;
  }

  /** Right associative: `2 ^ 3 ^ 2` is `2 ^ (3 ^ 2)`; an exponent may carry a minus sign. */
  #power(): Tree {
    const start = this.#token.offset;
    const base = this.#atom();
    if (!this.#take('^')) return base;
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) this.#tooDeep(this.#here());
    const tree = this.#binary('^', base, this.#minus(), start);
    this.#depth -= 1;
    return tree;
  }

  #atom(): Tree {
    const token = this.#token;
    const place = this.#here();
    switch (token.kind) {
      case 'number':
        this.#next += 1;
        return {
          kind: 'number',
          value: token.value,
          ...(token.unit === undefined ? {} : { unit: token.unit }),
          place,
        };
      case 'text':
        this.#next += 1;
        return { kind: 'text', value: token.value, place };
      case 'param':
        this.#next += 1;
        return { kind: 'param', name: token.value, place };
      case 'name':
        return this.#word(token.value, token.offset, place);
      case 'sign':
        return this.#bracket(token.offset);
      case 'end':
        return this.#expected('a value');
    }
  }

  #bracket(start: number): Tree {
    if (this.#take('(')) {
      const tree = this.#or();
      this.#need(')');
      return tree;
    }
    if (!this.#take('[')) return this.#expected('a value');
    const items: Tree[] = [];
    if (!this.#take(']')) {
      do items.push(this.#or());
      while (this.#take(','));
      this.#need(']');
    }
    return this.#made({ kind: 'list', items, place: this.#placeFrom(start) }, ...items);
  }

  #word(word: string, start: number, place: Place): Tree {
    if (word === 'true' || word === 'false') {
      this.#next += 1;
      return { kind: 'flag', value: word === 'true', place };
    }
    if (word === 'missing') {
      this.#next += 1;
      return { kind: 'missing', place };
    }
    if (RESERVED.has(word)) return this.#expected('a value');
    this.#next += 1;
    if (this.#take('(')) return this.#call(word, start);
    if (!this.#take('.')) return { kind: 'name', name: word, place };
    const member = this.#token;
    if (member.kind !== 'name' || RESERVED.has(member.value))
      return this.#expected('a column after the dot');
    this.#next += 1;
    return { kind: 'name', of: word, name: member.value, place: this.#placeFrom(start) };
  }

  #call(op: string, start: number): Tree {
    const args: Tree[] = [];
    const named: NamedArg[] = [];
    if (!this.#take(')')) {
      do this.#argument(args, named);
      while (this.#take(','));
      this.#need(')');
    }
    const tree: Tree = { kind: 'call', op, args, named, place: this.#placeFrom(start) };
    return this.#made(tree, ...args, ...named.map((n) => n.value));
  }

  #argument(args: Tree[], named: NamedArg[]): void {
    const token = this.#token;
    const after = this.tokens[this.#next + 1];
    if (token.kind === 'name' && after?.kind === 'sign' && after.value === '=') {
      const place = this.#here();
      this.#next += 2;
      named.push({ name: token.value, value: this.#or(), place });
      return;
    }
    const place = this.#here();
    const value = this.#or();
    if (named.length > 0) throw new Stop(report('expr/positional-after-named', place));
    args.push(value);
  }
}

function describe(token: Token): string {
  if (token.kind === 'end') return 'the end';
  if (token.kind === 'param') return `\`$${token.value}\``;
  if (token.kind === 'text') return `the text ${JSON.stringify(token.value)}`;
  if (token.kind === 'number') return `${token.value}${token.unit ?? ''}`;
  return `\`${token.value}\``;
}
