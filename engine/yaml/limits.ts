import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import type { Source } from './source.js';

/** Largest YAML text, in bytes of UTF-8. */
export const MAX_BYTES = 1024 * 1024;
/** Deepest nesting of lists and maps. */
export const MAX_DEPTH = 64;
/** Most problems told about one file; reading stops soon after. A broken megabyte has no use for a million. */
export const MAX_PROBLEMS = 100;

const report = reporter({
  'yaml/too-large': 'The file has {bytes} bytes; a YAML file may have {limit}.',
  'yaml/control-character': 'The invisible character {character} stands here.',
  'yaml/byte-order-mark': 'The file holds a byte-order mark (U+FEFF).',
  'yaml/more': 'The file has more problems than the {limit} that are shown.',
});

/** Control characters (tab and line breaks apart), a lone CR, line separators, byte-order marks and halves of surrogate pairs. */
const UNWANTED = /(?![\t\n]|\r\n)[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\ufeff]/gu;

/** Refuse a text of `bytes` bytes that is too large; undefined when it is not. */
export function tooLarge(file: string, bytes: number): Diagnostic | undefined {
  if (bytes <= MAX_BYTES) return undefined;
  const place = { file, line: 1, col: 1, length: 1 };
  const hint = 'data belong into a file of lake/raw; split specs into several files';
  return report('yaml/too-large', place, { bytes, limit: MAX_BYTES }, { hint });
}

/** Every character that must not stand in a YAML file as it is. */
export function unwantedCharacters(source: Source): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const { 0: char, index } of source.text.matchAll(UNWANTED)) {
    const place = source.at(index, index + 1);
    if (char === '\ufeff') {
      const hint = 'save the file as UTF-8 without a byte-order mark';
      found.push(report('yaml/byte-order-mark', place, {}, { hint }));
      continue;
    }
    const character = `U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
    const hint =
      char === '\r'
        ? 'end lines with LF (or CR LF)'
        : 'remove it, or write it as an escape in double quotes, such as "\\u0007"';
    found.push(report('yaml/control-character', place, { character }, { hint }));
    if (found.length > MAX_PROBLEMS) break;
  }
  return found;
}

/** The first problems of a file, and one line for the rest. */
export function capped(problems: readonly Diagnostic[], source: Source): readonly Diagnostic[] {
  if (problems.length <= MAX_PROBLEMS) return problems;
  const end = source.at(source.text.length, source.text.length);
  const more = report('yaml/more', end, { limit: MAX_PROBLEMS });
  return [...problems.slice(0, MAX_PROBLEMS), more];
}
