import { CST, Lexer, Parser } from 'yaml';
import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import { MAX_DEPTH, MAX_PROBLEMS } from './limits.js';
import type { Source } from './source.js';
import { type LexemeType, TabWatch } from './tabs.js';

const report = reporter({
  'yaml/alias': 'Aliases are not part of our YAML, found {text}.',
  'yaml/anchor': 'Anchors are not part of our YAML, found {text}.',
  'yaml/tag': 'Tags are not part of our YAML, found {text}.',
  'yaml/directive': 'Directives are not part of our YAML, found {text}.',
  'yaml/too-deep': 'Lists and maps are nested deeper than {limit} levels.',
  'yaml/several-documents': 'A second document starts here; a file holds one.',
});

const REFUSED: Partial<
  Record<CST.TokenType | 'text', { code: Parameters<typeof report>[0]; hint: string }>
> = {
  tag: {
    code: 'yaml/tag',
    hint: 'types follow from the field; quote a text that starts with "!"',
  },
  anchor: {
    code: 'yaml/anchor',
    hint: 'write the value out, or make it a parameter; quote a text that starts with "&"',
  },
  alias: {
    code: 'yaml/alias',
    hint: 'write the value out, or make it a parameter; quote a text that starts with "*"',
  },
  'directive-line': {
    code: 'yaml/directive',
    hint: 'YAML 1.2 is meant everywhere; delete the line',
  },
};

/** What the lexer and the parser make of a text, before anything is built from it. */
export interface Scan {
  readonly tokens: readonly CST.Token[];
  readonly problems: readonly Diagnostic[];
  /** Scanning stopped early: the tokens are incomplete and must not be composed. */
  readonly stopped: boolean;
  /** Start of a quoted text that is never closed, by the offset of its end. */
  readonly unclosed: ReadonlyMap<number, number>;
}

/**
 * Split a text into tokens. The parts of YAML that we refuse are found here, whatever they are attached to, and nesting is
 * bounded before any recursive code sees it. Expects a text without control characters, which the lexer uses as its own marks.
 */
export function scan(source: Source): Scan {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  const watch = new Watch(source);
  const done = (stop?: readonly Diagnostic[]): Scan => ({
    tokens,
    problems: [...watch.problems, ...(stop ?? [])],
    stopped: stop !== undefined,
    unclosed: watch.unclosed,
  });
  // The lexer announces plain and block text by a token of its own.
  let announced = false;
  for (const lexeme of new Lexer().lex(source.text)) {
    const at = parser.offset;
    const type: LexemeType = announced ? 'text' : CST.tokenType(lexeme);
    announced = type === 'scalar';
    watch.next(type, lexeme, at);
    for (const token of parser.next(lexeme)) tokens.push(token);
    const deep = tooDeep(parser, at, source);
    if (deep) return done([deep]);
    if (watch.problems.length > MAX_PROBLEMS) return done([]);
  }
  for (const token of parser.end()) tokens.push(token);
  return done(secondDocument(tokens, source));
}

/** Looks at every token once, for what we refuse and for quotes that stay open. */
class Watch {
  readonly problems: Diagnostic[] = [];
  readonly unclosed = new Map<number, number>();
  readonly #source: Source;
  readonly #tabs: TabWatch | undefined;

  constructor(source: Source) {
    this.#source = source;
    this.#tabs = source.text.includes('\t') ? new TabWatch(source, this.problems) : undefined;
  }

  next(type: LexemeType, lexeme: string, at: number): void {
    this.#tabs?.next(type, lexeme, at);
    if (isOpen(type, lexeme)) this.unclosed.set(at + lexeme.length, at);
    const refused = type === null ? undefined : REFUSED[type];
    if (!refused) return;
    const place = this.#source.at(at, at + lexeme.length);
    const facts = { text: shorten(lexeme) };
    this.problems.push(report(refused.code, place, facts, { hint: refused.hint }));
  }
}

/** Lists and maps that are open: what the parser holds on its stack, less the document and a scalar at the top. */
function tooDeep(parser: Parser, at: number, source: Source): Diagnostic | undefined {
  if (parser.stack.length <= MAX_DEPTH) return undefined;
  const open = parser.stack.filter((token) => CST.isCollection(token)).length;
  if (open <= MAX_DEPTH) return undefined;
  const hint = 'give the inner part a file of its own';
  return report('yaml/too-deep', source.at(at, at + 1), { limit: MAX_DEPTH }, { hint });
}

function secondDocument(
  tokens: readonly CST.Token[],
  source: Source,
): readonly Diagnostic[] | undefined {
  const [, document] = tokens.filter((token) => token.type === 'document');
  if (!document) return undefined;
  const place = source.at(document.offset, document.offset + 3);
  return [report('yaml/several-documents', place, {}, { hint: 'move it to a file of its own' })];
}

function isOpen(type: LexemeType, lexeme: string): boolean {
  if (type === 'single-quoted-scalar') return lexeme.length === 1 || !lexeme.endsWith("'");
  return type === 'double-quoted-scalar' && (lexeme.length === 1 || !lexeme.endsWith('"'));
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
