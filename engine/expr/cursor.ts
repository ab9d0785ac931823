import type { Diagnostic, Place } from '../diag/diagnostic.js';
import { reporter } from '../diag/diagnostic.js';
import type { Locate, Token } from './lex.js';

const report = reporter({ 'expr/expected': 'Expected {expected}, found {found}.' });

/** Words with a meaning of their own: no column, argument or operator is called so. */
const RESERVED: ReadonlySet<string> = new Set([
  'and',
  'or',
  'not',
  'in',
  'true',
  'false',
  'missing',
]);

export function isReserved(word: string): boolean {
  return RESERVED.has(word);
}

/** What somebody used to other languages may have meant. */
const HINTS: ReadonlyMap<string, string> = new Map([
  ['=', 'equality is `==`; `=` names an argument'],
  ['*', 'a power is written x ^ 2'],
  ['[', 'an earlier row is read by lag(x, 1)'],
  ['.', 'operators are called as functions: mean(close, 12)'],
]);

/** Ends the reading of a formula at its first problem. */
export class Stop extends Error {
  constructor(readonly problem: Diagnostic) {
    super(problem.message);
  }
}

/** A place in the tokens of a formula, which moves on. */
export class Cursor {
  #next = 0;

  /** @param tokens  As `lex` gives them: the last one is the end. */
  constructor(
    readonly tokens: readonly Token[],
    readonly locate: Locate,
  ) {}

  /** The next token. */
  get token(): Token {
    const token = this.tokens[Math.min(this.#next, this.tokens.length - 1)];
    if (token === undefined) throw new Error('A token list always has an end.');
    return token;
  }

  /** The token after the next one. */
  get after(): Token | undefined {
    return this.tokens[this.#next + 1];
  }

  /** The operator the next token spells, sign or word. */
  get spelling(): string | undefined {
    const { token } = this;
    return token.kind === 'sign' || (token.kind === 'name' && isReserved(token.value))
      ? token.value
      : undefined;
  }

  /** The place of the next token. */
  get here(): Place {
    return this.locate(this.token.offset, this.token.length);
  }

  move(tokens = 1): void {
    this.#next += tokens;
  }

  /** Move past the next token if it spells this. */
  take(spelling: string): boolean {
    if (this.spelling !== spelling) return false;
    this.move();
    return true;
  }

  /** @throws Stop when the next token spells something else */
  need(spelling: string): void {
    if (!this.take(spelling)) this.expected(`\`${spelling}\``);
  }

  /**
   * @param advice  What was probably meant, where more is known than the next token tells.
   * @throws Stop always: expr/expected at the next token
   */
  expected(expected: string, advice?: string): never {
    const found = describe(this.token);
    const hint = advice ?? HINTS.get(this.spelling ?? '');
    throw new Stop(report('expr/expected', this.here, { expected, found }, { hint }));
  }

  /** The place from an offset to the end of the last token passed. */
  placeFrom(start: number): Place {
    const last = this.tokens[this.#next - 1];
    const end = last === undefined ? start + 1 : last.offset + last.length;
    return this.locate(start, Math.max(1, end - start));
  }
}

function describe(token: Token): string {
  if (token.kind === 'end') return 'the end';
  if (token.kind === 'param') return `\`$${token.value}\``;
  if (token.kind === 'text') return `the text ${JSON.stringify(token.value)}`;
  if (token.kind === 'number') return `${token.value}${token.unit ?? ''}`;
  return `\`${token.value}\``;
}
