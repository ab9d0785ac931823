import type { CST } from 'yaml';
import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import type { Source } from './source.js';

const report = reporter({ 'yaml/tab': 'A tab stands where lines are indented.' });

/** A token type of the lexer; `text` is the content of a plain or block scalar. */
export type LexemeType = CST.TokenType | 'text' | null;

/** A later line of a text, with content, that a tab indents. */
const CONTINUED_BY_TAB = /\n *(?=\t[ \t]*[^ \t\r\n])/;

/** Follows the tokens of a text and finds tabs between the start of a line and its first content. */
export class TabWatch {
  readonly #source: Source;
  readonly #problems: Diagnostic[];
  #atLineStart = true;
  #inBlock = false;
  #tab = -1;

  /** @param problems  where tabs are reported. */
  constructor(source: Source, problems: Diagnostic[]) {
    this.#source = source;
    this.#problems = problems;
  }

  /** Look at the next token and the offset where it starts. */
  next(type: LexemeType, lexeme: string, at: number): void {
    if (type === 'space') this.#space(lexeme, at);
    else if (type === 'newline') this.#line();
    else if (type !== 'doc-mode' && type !== 'scalar') this.#content(type, lexeme, at);
  }

  #space(lexeme: string, at: number): void {
    const inside = this.#atLineStart && this.#tab === -1 ? lexeme.indexOf('\t') : -1;
    if (inside !== -1) this.#tab = at + inside;
  }

  #line(): void {
    this.#atLineStart = true;
    this.#tab = -1;
  }

  #content(type: LexemeType, lexeme: string, at: number): void {
    if (this.#tab !== -1 && type !== 'comment') this.#report(this.#tab);
    // In block scalars the parser itself tells indentation from content.
    const continued = isText(type) && !this.#inBlock ? CONTINUED_BY_TAB.exec(lexeme) : null;
    if (continued) this.#report(at + continued.index + continued[0].length);
    this.#tab = -1;
    this.#atLineStart = this.#inBlock && type === 'text';
    if (type === 'block-scalar-header') this.#inBlock = true;
    else if (type === 'text') this.#inBlock = false;
  }

  #report(at: number): void {
    const hint = 'indent with two spaces';
    this.#problems.push(report('yaml/tab', this.#source.at(at, at + 1), {}, { hint }));
  }
}

function isText(type: LexemeType): boolean {
  return type === 'text' || type === 'single-quoted-scalar' || type === 'double-quoted-scalar';
}
