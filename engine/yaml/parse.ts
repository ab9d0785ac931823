import { Composer, type Document } from 'yaml';
import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import { build } from './build.js';
import { capped, tooLarge, unwantedCharacters } from './limits.js';
import { type Scan, scan } from './scan.js';
import { type Source, sourceOf } from './source.js';
import { syntaxProblems } from './syntax.js';
import type { Yaml } from './value.js';

const report = reporter({ 'yaml/empty': 'The file is empty.' });

/** A YAML text as values with places, and everything that is wrong with it. */
export interface Parsed {
  /**
   * Undefined when the text has no values that could be trusted. Where single entries or numbers were refused, the rest is
   * here, so that a caller can find more problems; it must not act on it while `problems` holds an error.
   */
  readonly value: Yaml | undefined;
  readonly problems: readonly Diagnostic[];
}

/**
 * Read YAML 1.2 (core schema), without the parts that hide meaning: aliases, anchors, tags, merge keys, directives.
 * Never throws: every problem has a place in `file`. The work is bounded by the limits on size and nesting.
 */
export function parseYaml(text: string, file: string): Parsed {
  const large = tooLarge(file, Buffer.byteLength(text));
  if (large) return { value: undefined, problems: [large] };
  const source = sourceOf(text, file);
  const characters = unwantedCharacters(source);
  if (characters.length > 0) return { value: undefined, problems: capped(characters, source) };
  const scanned = scan(source);
  const problems: Diagnostic[] = [...scanned.problems];
  const value = scanned.stopped ? undefined : compose(source, scanned, problems);
  return { value, problems: capped(problems, source) };
}

/** The value of the one document, or undefined when its syntax is wrong. Adds to the problems. */
function compose(source: Source, scanned: Scan, problems: Diagnostic[]): Yaml | undefined {
  const document = documentOf(scanned, source.text.length);
  const syntax = syntaxProblems(document.errors, source, scanned);
  problems.push(...syntax);
  if (syntax.length > 0) return undefined;
  if (isEmpty(scanned)) {
    if (problems.length === 0) {
      const hint = 'its first key is the kind and the id, such as "dag: tournament"';
      problems.push(report('yaml/empty', source.at(0, 0), {}, { hint }));
    }
    return undefined;
  }
  if (document.contents === null) throw new Error('The parser gave a document without contents.');
  const value = build(document.contents, source, problems);
  return scanned.problems.length > 0 ? undefined : value;
}

function documentOf(scanned: Scan, length: number): Document {
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    merge: false,
    // Keys are compared in `build`, which takes time linear in their number.
    uniqueKeys: false,
    keepSourceTokens: true,
    strict: true,
    prettyErrors: false,
    logLevel: 'silent',
  });
  const { stackTraceLimit } = Error;
  try {
    // The composer makes an Error of each mistake; a million stack traces would take ten seconds.
    Error.stackTraceLimit = 0;
    for (const document of composer.compose(scanned.tokens, true, length)) return document;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
  throw new Error('The parser gave no document.');
}

function isEmpty(scanned: Scan): boolean {
  const document = scanned.tokens.find((t) => t.type === 'document');
  return document === undefined || document.value === undefined;
}
