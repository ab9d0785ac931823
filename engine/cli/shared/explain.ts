import { existsSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import type { JsonObject } from '../../diag/data.js';
import type { Diagnostic } from '../../diag/diagnostic.js';
import { toJson } from '../../diag/json.js';
import { printDiagnostics } from '../../diag/print.js';

/** Files longer than this are not quoted. */
const LONGEST = 1024 * 1024;

/** Problems as people read them, with excerpts of the files of a project. */
export function explain(problems: readonly Diagnostic[], root: string, color: boolean): string {
  const sources = (file: string) => {
    const path = isAbsolute(file) ? file : join(root, file);
    return existsSync(path) && statSync(path).isFile() && statSync(path).size <= LONGEST
      ? readFileSync(path, 'utf8')
      : undefined;
  };
  return printDiagnostics(problems, sources, { color });
}

/** Problems as one JSON document, after what else the command has to tell. */
export function problemsJson(problems: readonly Diagnostic[], more: JsonObject = {}): string {
  return `${JSON.stringify({ ...more, problems: toJson(problems) }, null, 2)}\n`;
}
