import type { Place } from '../diag/diagnostic.js';
import { reporter } from '../diag/diagnostic.js';
import { type Cursor, Stop } from './cursor.js';
import { type Around, readPrimary } from './primary.js';
import type { BinaryOp, Tree } from './tree.js';

const report = reporter({
  'expr/chained': 'Comparisons do not chain.',
  'expr/too-deep': 'The formula is nested deeper than {limit} levels.',
});

/** How deep a formula may nest, operators in a row included: beyond it nobody can read it, and recursion ends. */
export const MAX_DEPTH = 100;

const COMPARISONS: ReadonlyMap<string, BinaryOp> = new Map([
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
  ['==', '=='],
  ['!=', '!='],
  ['in', 'in'],
]);

/** Precedence climbing; one method a level, loosest first. Ends with `Stop` at the first problem. */
export class Grammar implements Around {
  #depth = 0;
  readonly #depths = new WeakMap<Tree, number>();

  constructor(readonly cursor: Cursor) {}

  /** A whole formula: nothing may follow it. */
  formula(): Tree {
    const tree = this.expression();
    if (this.cursor.token.kind !== 'end')
      this.cursor.expected('an operator or the end of the formula');
    return tree;
  }

  made(tree: Tree, ...parts: readonly Tree[]): Tree {
    const depth = 1 + parts.reduce((d, part) => Math.max(d, this.#depths.get(part) ?? 1), 0);
    if (depth > MAX_DEPTH) this.#tooDeep(tree.place);
    this.#depths.set(tree, depth);
    return tree;
  }

  #tooDeep(place: Place): never {
    throw new Stop(report('expr/too-deep', place, { limit: MAX_DEPTH }));
  }

  #binary(op: BinaryOp, left: Tree, right: Tree, start: number): Tree {
    const place = this.cursor.placeFrom(start);
    return this.made({ kind: 'binary', op, left, right, place }, left, right);
  }

  /** Read one level down; brackets and exponents recurse, so their depth is bounded before a tree exists. */
  #deeper(read: () => Tree): Tree {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) this.#tooDeep(this.cursor.here);
    const tree = read();
    this.#depth -= 1;
    return tree;
  }

  expression(): Tree {
    return this.#deeper(() => {
      const start = this.cursor.token.offset;
      let left = this.#and();
      while (this.cursor.take('or')) left = this.#binary('or', left, this.#and(), start);
      return left;
    });
  }

  #and(): Tree {
    const start = this.cursor.token.offset;
    let left = this.#not();
    while (this.cursor.take('and')) left = this.#binary('and', left, this.#not(), start);
    return left;
  }

  #not(): Tree {
    const start = this.cursor.token.offset;
    let negations = 0;
    while (this.cursor.take('not')) negations += 1;
    let tree = this.#comparison();
    for (; negations > 0; negations -= 1) {
      const place = this.cursor.placeFrom(start);
      tree = this.made({ kind: 'unary', op: 'not', arg: tree, place }, tree);
    }
    return tree;
  }

  #comparison(): Tree {
    const { cursor } = this;
    const start = cursor.token.offset;
    const left = this.#sum();
    const op = COMPARISONS.get(cursor.spelling ?? '');
    if (op === undefined) return left;
    cursor.move();
    const tree = this.#binary(op, left, this.#sum(), start);
    if (COMPARISONS.has(cursor.spelling ?? ''))
      throw new Stop(report('expr/chained', cursor.here, {}, { hint: 'write `a < b and b < c`' }));
    return tree;
  }

  #sum(): Tree {
    const start = this.cursor.token.offset;
    let left = this.#product();
    for (;;) {
      if (this.cursor.take('+')) left = this.#binary('+', left, this.#product(), start);
      else if (this.cursor.take('-')) left = this.#binary('-', left, this.#product(), start);
      else return left;
    }
  }

  #product(): Tree {
    const start = this.cursor.token.offset;
    let left = this.#minus();
    for (;;) {
      if (this.cursor.take('*')) left = this.#binary('*', left, this.#minus(), start);
      else if (this.cursor.take('/')) left = this.#binary('/', left, this.#minus(), start);
      else return left;
    }
  }

  #minus(): Tree {
    const start = this.cursor.token.offset;
    let minuses = 0;
    while (this.cursor.take('-')) minuses += 1;
    let tree = this.#power();
    for (; minuses > 0; minuses -= 1) {
      const place = this.cursor.placeFrom(start);
      tree = this.made({ kind: 'unary', op: '-', arg: tree, place }, tree);
    }
    return tree;
  }

  /** Right associative: `2 ^ 3 ^ 2` is `2 ^ (3 ^ 2)`; an exponent may carry a minus sign. */
  #power(): Tree {
    const start = this.cursor.token.offset;
    const base = readPrimary(this);
    if (!this.cursor.take('^')) return base;
    return this.#deeper(() => this.#binary('^', base, this.#minus(), start));
  }
}
