import { isUtf8 } from 'node:buffer';
import { readFileSync, statSync } from 'node:fs';
import { type Diagnostic, type Place, reporter } from '../diag/diagnostic.js';
import { tooLarge } from './limits.js';
import { type Parsed, parseYaml } from './parse.js';

const report = reporter({
  'yaml/no-file': 'There is no file {file}.',
  'yaml/not-a-file': '{file} is not a file.',
  'yaml/unreadable': 'The file {file} cannot be read ({reason}).',
  'yaml/not-utf8': 'The bytes from here on are not UTF-8.',
});

/** What `readYaml` gives: the parsed text, and the text itself for excerpts when it could be decoded. */
export interface YamlFile extends Parsed {
  readonly text: string | undefined;
}

/**
 * Read and parse a YAML file.
 * @param path  where the file is; @param file  the name that places carry (relative to the project), default `path`.
 */
export function readYaml(path: string, file: string = path): YamlFile {
  const text = readText(path, file);
  if (typeof text === 'string') return { text, ...parseYaml(text, file) };
  return { text: undefined, value: undefined, problems: [text] };
}

/** The text of a file that is small enough and UTF-8, or what is wrong with it; parameters as for `readYaml`. */
export function readText(path: string, file: string = path): string | Diagnostic {
  const bytes = bytesOf(path, file);
  if (!Buffer.isBuffer(bytes)) return bytes;
  return isUtf8(bytes) ? bytes.toString('utf8') : notUtf8(bytes, file);
}

/** The bytes of a file that is small enough, or what is wrong with it. */
function bytesOf(path: string, file: string): Buffer | Diagnostic {
  try {
    const stat = statSync(path);
    // A folder or a pipe has no size to trust, and reading a pipe could wait for ever.
    if (!stat.isFile()) return report('yaml/not-a-file', start(file), { file });
    return tooLarge(file, stat.size) ?? within(readFileSync(path), file);
  } catch (error) {
    const reason = codeOf(error);
    if (reason === undefined) throw error;
    if (reason === 'ENOENT' || reason === 'ENOTDIR') {
      return report('yaml/no-file', start(file), { file });
    }
    return report('yaml/unreadable', start(file), { file, reason });
  }
}

function start(file: string): Place {
  return { file, line: 1, col: 1, length: 1 };
}

/** The file may have grown between the two calls. */
function within(bytes: Buffer, file: string): Buffer | Diagnostic {
  return tooLarge(file, bytes.length) ?? bytes;
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

/** The line is found first (a line break is never part of a longer character), then the column in it. */
function notUtf8(bytes: Buffer, file: string): Diagnostic {
  let start = 0;
  let line = 1;
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    if (!isUtf8(bytes.subarray(start, end))) break;
    start = end + 1;
    line++;
  }
  const next = bytes.indexOf(10, start);
  const row = bytes.subarray(start, next === -1 ? bytes.length : next);
  const col = validPrefix(row) + 1;
  const hint = 'save the file as UTF-8 (without a byte-order mark)';
  return report('yaml/not-utf8', { file, line, col, length: 1 }, {}, { hint });
}

/** Length in characters of what can be read before the first byte that is not UTF-8; decoding marks that with U+FFFD. */
function validPrefix(row: Buffer): number {
  let chars = 0;
  let used = 0;
  for (const char of row.toString('utf8')) {
    if (char === '\ufffd' && !isUtf8(row.subarray(used, used + 3))) break;
    used += Buffer.byteLength(char);
    chars += char.length;
  }
  return chars;
}
