import type { ErrorCode, YAMLParseError } from 'yaml';
import { type Diagnostic, type Place, reporter } from '../diag/diagnostic.js';
import { MAX_PROBLEMS } from './limits.js';
import type { Scan } from './scan.js';
import type { Source } from './source.js';

const report = reporter({
  'yaml/syntax': '{sentence}',
  'yaml/unclosed-quote': 'A text opens with {quote} here and is not closed.',
  'yaml/tab': 'A tab stands where lines are indented.',
});

/** What to do about the mistakes that the parser of `yaml` names. */
const HINTS: Partial<Record<ErrorCode, string>> = {
  BAD_COLLECTION_TYPE: 'lines of one list or map start in the same column',
  BAD_DQ_ESCAPE: 'use single quotes for text with backslashes',
  BAD_INDENT: 'indent with two spaces, and close [ ] and { } inside their own lines',
  BAD_SCALAR_START: 'quote the text',
  BLOCK_AS_IMPLICIT_KEY: 'quote a text that contains ": "',
  BLOCK_IN_FLOW: 'inside { } and [ ] separate items with commas, without "- "',
  MISSING_CHAR: 'check the brackets, quotes and commas of this line and the one before',
  MULTILINE_IMPLICIT_KEY: 'a key stands on one line and is followed by ": "',
  UNEXPECTED_TOKEN: 'quote the text, or check the indentation and brackets',
};

/** The parser's sentences that speak of its inner workings, in the words of people who write YAML. */
const SENTENCES: readonly (readonly [RegExp, string])[] = [
  [/^Nested mappings are not allowed.*/, 'A second ": " stands on the line of a key'],
  [/^Implicit map keys need to be followed.*/, 'A key needs ":" and a value'],
  [/^Unexpected [\w-]+ at node end/, 'The value before this has ended, and this is no part of it'],
  [/^Unexpected [\w-]+ token in YAML \w+: "(.*)"$/, 'Nothing is expected here, found "$1"'],
  [/^Plain value cannot start with (?:\D* )?(.)$/, 'A text without quotes cannot start with $1'],
  [/^All mapping items must start.*/, 'The keys of one map must start in the same column'],
  [/^Flow (?:map|sequence).* end with an? (.)$/, 'A "$1" is missing'],
];

/** Mistakes that `scan` has told already, in our own words. */
const TOLD: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'ALIAS_PROPS',
  'BAD_ALIAS',
  'BAD_DIRECTIVE',
  'BAD_PROP_ORDER',
  'MULTIPLE_ANCHORS',
  'MULTIPLE_DOCS',
  'MULTIPLE_TAGS',
  'TAG_RESOLVE_FAILED',
]);

/**
 * The syntax errors of a document, one a line: the parser stumbles several times over one mistake.
 * When the scan found refused parts, errors that merely follow from them are left out.
 */
export function syntaxProblems(
  errors: readonly YAMLParseError[],
  source: Source,
  { problems, unclosed }: Scan,
): readonly Diagnostic[] {
  const told = problems.length > 0;
  const lines = new Set(
    problems.filter((p) => p.code === 'yaml/tab').map((p) => p.place?.line ?? 0),
  );
  const found: Diagnostic[] = [];
  for (const error of errors) {
    if (found.length > MAX_PROBLEMS) break;
    if (told && TOLD.has(error.code)) continue;
    const [from, to] = error.pos;
    const opening = error.message.startsWith('Missing closing') ? unclosed.get(from) : undefined;
    const place = source.at(opening ?? from, opening === undefined ? to : opening + 1);
    if (lines.has(place.line)) continue;
    lines.add(place.line);
    found.push(
      opening === undefined ? problem(error, place, source) : open(source.text[opening], place),
    );
  }
  return found;
}

function open(quote: string | undefined, place: Place): Diagnostic {
  const hint = "inside single quotes write '' for one quote, inside double quotes \\\"";
  return report('yaml/unclosed-quote', place, { quote }, { hint });
}

function problem({ code, message }: YAMLParseError, place: Place, source: Source): Diagnostic {
  if (code === 'TAB_AS_INDENT') {
    return report('yaml/tab', place, {}, { hint: 'indent with two spaces' });
  }
  const facts = { sentence: `${inOurWords(message)}.`, rule: code };
  const line = source.text.split('\n', place.line)[place.line - 1] ?? '';
  const hint = choiceIn(line) ?? HINTS[code];
  return report('yaml/syntax', place, facts, { hint });
}

/** `fires: a ? 1 : 0` breaks at its colon, before anybody reads it as a formula. */
function choiceIn(line: string): string | undefined {
  return /: .+ \? .+ : /.test(line) ? 'in a formula a choice is written if(c, a, b)' : undefined;
}

function inOurWords(message: string): string {
  const rewrite = SENTENCES.find(([pattern]) => pattern.test(message));
  return rewrite ? message.replace(...rewrite) : message.replace(/[.]$/, '');
}
