import type { Diagnostic, Place } from '../diag/diagnostic.js';
import { reporter } from '../diag/diagnostic.js';
import { DURATION_UNITS, type DurationUnit } from './tree.js';

const report = reporter({
  'expr/character': 'The character {found} has no meaning in a formula.',
  'expr/number': 'The number {found} cannot be read.',
  'expr/text': 'The text that starts here is not closed.',
  'expr/forbidden-name': 'The name {name} is not allowed in a formula.',
});

/** From a character offset in the formula to its place in the file. */
export type Locate = (offset: number, length: number) => Place;

interface At {
  readonly offset: number;
  readonly length: number;
}
export type Token = At &
  (
    | { readonly kind: 'number'; readonly value: number; readonly unit?: DurationUnit }
    | { readonly kind: 'text'; readonly value: string }
    | { readonly kind: 'name'; readonly value: string }
    | { readonly kind: 'param'; readonly value: string }
    | { readonly kind: 'sign'; readonly value: string }
    | { readonly kind: 'end' }
  );

const SPACE = /[ \t\r\n]+/y;
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?/y;
const WORD_AFTER = /[A-Za-z0-9_]*/y;
/** Ids such as 1000PEPEUSDT begin with digits; they are names only before a dot. */
const DIGIT_NAME = /\d+[A-Z][A-Z0-9_]*(?=\.[A-Za-z_])/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const PARAM = /\$[A-Za-z_][A-Za-z0-9_]*/y;
const SIGN = /<=|>=|==|!=|[-+*/^()[\],=<>.]/y;
const TEXT = /'(?:[^']|'')*'|"[^"]*"/y;

/** Names through which evaluated code would reach the host; formulas are never evaluated, and say so early. */
const FORBIDDEN: ReadonlySet<string> = new Set([
  'constructor',
  'prototype',
  'globalThis',
  'eval',
  'Function',
  'process',
  'require',
  'import',
]);

/** Split a formula into tokens. Stops at the first character that cannot be read and reports it. */
export function lex(
  text: string,
  locate: Locate,
): { readonly tokens: readonly Token[]; readonly problem?: Diagnostic } {
  const tokens: Token[] = [];
  let offset = 0;
  while (offset < text.length) {
    const space = match(SPACE, text, offset);
    if (space !== undefined) {
      offset += space.length;
      continue;
    }
    const next = tokenAt(text, offset, locate);
    if ('code' in next) return { tokens, problem: next };
    tokens.push(next);
    offset += next.length;
  }
  tokens.push({ kind: 'end', offset: text.length, length: 1 });
  return { tokens };
}

function tokenAt(text: string, offset: number, locate: Locate): Token | Diagnostic {
  const named = match(DIGIT_NAME, text, offset) ?? match(NAME, text, offset);
  if (named !== undefined) return nameToken(named, offset, locate);
  const digits = match(NUMBER, text, offset);
  if (digits !== undefined) return numberToken(text, digits, offset, locate);
  const param = match(PARAM, text, offset);
  if (param !== undefined)
    return { kind: 'param', value: param.slice(1), offset, length: param.length };
  const quoted = match(TEXT, text, offset);
  if (quoted !== undefined)
    return { kind: 'text', value: unquote(quoted), offset, length: quoted.length };
  const sign = match(SIGN, text, offset);
  if (sign !== undefined) return { kind: 'sign', value: sign, offset, length: sign.length };
  const found = String.fromCodePoint(text.codePointAt(offset) ?? 0);
  if (found === "'" || found === '"') return report('expr/text', locate(offset, 1));
  return report('expr/character', locate(offset, 1), { found: JSON.stringify(found) }, hint(found));
}

function nameToken(name: string, offset: number, locate: Locate): Token | Diagnostic {
  if (FORBIDDEN.has(name) || name.startsWith('__'))
    return report('expr/forbidden-name', locate(offset, name.length), { name });
  return { kind: 'name', value: name, offset, length: name.length };
}

function numberToken(
  text: string,
  digits: string,
  offset: number,
  locate: Locate,
): Token | Diagnostic {
  const suffix = match(WORD_AFTER, text, offset + digits.length) ?? '';
  const length = digits.length + suffix.length;
  const value = Number(digits);
  const unit = DURATION_UNITS.find((u) => u === suffix);
  const vanished = value === 0 && /^[\d.]*[1-9]/.test(digits);
  if (!Number.isFinite(value) || vanished || (suffix !== '' && unit === undefined)) {
    const facts = { found: text.slice(offset, offset + length) };
    const hint =
      suffix === ''
        ? 'it is too large or too small for a number of 64 bits'
        : `units are ${DURATION_UNITS.join(' ')}`;
    return report('expr/number', locate(offset, length), facts, { hint });
  }
  return { kind: 'number', value, ...(unit === undefined ? {} : { unit }), offset, length };
}

function unquote(quoted: string): string {
  const inner = quoted.slice(1, -1);
  return quoted.startsWith("'") ? inner.replaceAll("''", "'") : inner;
}

function hint(found: string): { readonly hint?: string } {
  if (found === '!') return { hint: 'negation is the word `not`, inequality is `!=`' };
  if (found === '&') return { hint: 'conjunction is the word `and`' };
  if (found === '|') return { hint: 'disjunction is the word `or`' };
  if (found === ':') return { hint: 'named arguments use `=`, as in `min=96`' };
  if (found === '?') return { hint: 'a choice is written if(c, a, b)' };
  if (found === '#') return { hint: 'a comment stands in YAML, beside the formula' };
  const code = found.codePointAt(0) ?? 0;
  if (code < 0x80) return {};
  const point = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return { hint: `this is ${point}; outside of texts only plain ASCII characters are read` };
}

function match(pattern: RegExp, text: string, offset: number): string | undefined {
  pattern.lastIndex = offset;
  const found = pattern.exec(text)?.[0];
  return found === '' ? undefined : found;
}
