import type { CST, Scalar } from 'yaml';
import { type Diagnostic, type Place, reporter } from '../diag/diagnostic.js';
import { offsetsOf } from './offsets.js';
import type { Offsets } from './offsets-builder.js';
import type { Source } from './source.js';
import type { YamlScalar } from './value.js';

const report = reporter({
  'yaml/infinite': 'Infinite numbers are not allowed, found {text}.',
  'yaml/large-integer': 'The integer {text} has more digits than a number can hold exactly.',
  'yaml/not-unicode': 'The text holds half of a surrogate pair, {character}.',
  'yaml/cut-text': '"{text}" opens a parenthesis that it does not close: " #" starts a comment.',
});

/** The value of a scalar node. Numbers and texts that cannot be kept exactly are reported. */
export function scalarOf(node: Scalar, source: Source, problems: Diagnostic[]): YamlScalar {
  const [from, to] = node.range ?? [0, 0];
  const token = node.srcToken;
  const end = token?.type === 'block-scalar' ? from + headerLength(token) : to;
  const place = source.at(from, end);
  const value = exactValue(node.value);
  problems.push(...problemsOf(node, value, place));
  const locate = isText(token) ? locator(token, source) : () => place;
  return { kind: 'scalar', value, place, locate };
}

/** The empty value at an offset, where the source has no text for it. */
export function nothing(at: number, source: Source): YamlScalar {
  const place = source.at(at, at);
  return { kind: 'scalar', value: null, place, locate: () => place };
}

function exactValue(value: unknown): YamlScalar['value'] {
  // Minus zero would be equal to zero in every key, and different in formulas.
  if (typeof value === 'number') return value === 0 ? 0 : value;
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  throw new Error(`The parser gave a scalar of type ${typeof value}.`);
}

function problemsOf(node: Scalar, value: YamlScalar['value'], place: Place): readonly Diagnostic[] {
  const text = node.source ?? '';
  if (typeof value === 'number') {
    if (Number.isNaN(value)) return [];
    if (!Number.isFinite(value)) {
      const hint = 'write a finite number; a missing one is .nan';
      return [report('yaml/infinite', place, { text }, { hint })];
    }
    if (!/^([-+]?\d+|0[ox].*)$/.test(text) || Number.isSafeInteger(value)) return [];
    const hint = 'quote it if it is a name; otherwise write it with a point or an exponent';
    return [report('yaml/large-integer', place, { text }, { hint })];
  }
  if (typeof value !== 'string') return [];
  const half = /\p{Cs}/u.exec(value)?.[0];
  if (half !== undefined) {
    const character = `\\u${half.charCodeAt(0).toString(16)}`;
    return [report('yaml/not-unicode', place, { character }, { hint: 'write the whole pair' })];
  }
  if (node.type !== 'PLAIN' || !commentFollows(node.srcToken)) return [];
  if (!value.includes('(') || balance(value) === 0) return [];
  const hint = 'quote the text, or put the comment on a line of its own';
  return [report('yaml/cut-text', place, { text: value }, { hint, severity: 'warning' })];
}

/** Opening less closing parentheses. */
export function balance(text: string): number {
  let open = 0;
  for (const char of text) open += char === '(' ? 1 : char === ')' ? -1 : 0;
  return open;
}

function commentFollows(token: CST.Token | undefined): boolean {
  if (token?.type !== 'scalar') return false;
  return token.end?.find((t) => t.type !== 'space')?.type === 'comment';
}

function headerLength(token: CST.BlockScalar): number {
  const header = token.props.find((p) => p.type === 'block-scalar-header');
  return header && 'source' in header ? header.source.length : 1;
}

type TextToken = CST.FlowScalar | CST.BlockScalar;

function isText(token: CST.Token | undefined): token is TextToken {
  return (
    token?.type === 'scalar' ||
    token?.type === 'single-quoted-scalar' ||
    token?.type === 'double-quoted-scalar' ||
    token?.type === 'block-scalar'
  );
}

/** Only formulas with a problem ask for places inside them, so the map is made when first needed. */
function locator(token: TextToken, source: Source): YamlScalar['locate'] {
  let known: Offsets | undefined;
  return (offset, length) => {
    known ??= offsetsOf(token);
    const { from, to, end } = known;
    const start = from[Math.max(0, offset)] ?? end;
    const last = to[Math.min(offset + length, to.length) - 1] ?? end;
    return source.at(start, Math.max(last, start + 1));
  };
}
