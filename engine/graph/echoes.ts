import type { Diagnostic } from '../diag/diagnostic.js';

/** Where YAML has cut a text in two, what the halves lack is not worth telling: the cut is. */
export function withoutEchoes(problems: readonly Diagnostic[]): readonly Diagnostic[] {
  const cut = new Set(problems.filter((p) => p.code.startsWith('yaml/split')).map(lineOf));
  if (cut.size === 0) return problems;
  return problems.filter((p) => !isEcho(p.code) || !cut.has(lineOf(p)));
}

function isEcho(code: string): boolean {
  return code === 'yaml/unknown-key' || code.startsWith('expr/');
}

function lineOf({ place }: Diagnostic): string {
  return `${place?.file}:${place?.line}`;
}
