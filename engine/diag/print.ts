import { safe } from './cells.js';
import type { Diagnostic, Place } from './diagnostic.js';
import { excerpt } from './excerpt.js';
import { Lines } from './lines.js';

/** How diagnostics are printed. */
export interface PrintOptions {
  /** Use terminal colours. */
  readonly color: boolean;
}

type Paint = (style: keyof typeof STYLES, text: string) => string;

const STYLES = { bold: 1, dim: 2, error: 31, warning: 33, hint: 36 } as const;

/**
 * The text people read: place and code, sentence, excerpt with marks, hint, related places; a blank line between problems.
 * @param sources  the text of a file, for excerpts; undefined leaves the excerpt out.
 */
export function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: (file: string) => string | undefined,
  { color }: PrintOptions,
): string {
  const lines = remembering(sources);
  const paint: Paint = (style, text) => (color ? `\x1b[${STYLES[style]}m${text}\x1b[0m` : text);
  return diagnostics.map((d) => `${problem(d, lines, paint).join('\n')}\n`).join('\n');
}

type Sources = (file: string) => Lines | undefined;

function remembering(sources: (file: string) => string | undefined): Sources {
  const known = new Map<string, Lines | undefined>();
  return (file) => {
    if (!known.has(file)) {
      const text = sources(file);
      known.set(file, text === undefined ? undefined : new Lines(text));
    }
    return known.get(file);
  };
}

function problem(d: Diagnostic, lines: Sources, paint: Paint): readonly string[] {
  const code = paint(d.severity, d.code) + (d.severity === 'warning' ? ' (warning)' : '');
  const head = d.place ? `${paint('bold', show(d.place))}  ${code}` : code;
  const hint = d.hint === undefined ? [] : indent(`${paint('hint', 'hint:')} ${safe(d.hint)}`, 8);
  const related = (d.related ?? []).flatMap((r) => [
    ...indent(`${paint('bold', show(r.place))}  ${safe(r.message)}`, 4),
    ...quote(r.place, d.severity, lines, paint),
  ]);
  const body = d.place ? quote(d.place, d.severity, lines, paint) : [];
  return [head, ...indent(safe(d.message), 2), ...body, ...hint, ...related];
}

function quote(
  place: Place,
  severity: Diagnostic['severity'],
  lines: Sources,
  paint: Paint,
): readonly string[] {
  const source = lines(place.file);
  const found = source && excerpt(place, source);
  if (!found) return [];
  const number = String(found.number);
  return [
    `    ${paint('dim', `${number} |`)} ${found.line}`.trimEnd(),
    `    ${paint('dim', `${' '.repeat(number.length)} |`)} ${mark(found.marks, severity, paint)}`,
  ];
}

function mark(marks: string, severity: Diagnostic['severity'], paint: Paint): string {
  const at = marks.indexOf('~');
  return marks.slice(0, at) + paint(severity, marks.slice(at));
}

function show({ file, line, col }: Place): string {
  return `${safe(file)}:${line}:${col}`;
}

/** Two spaces before the first line, `more` before the following ones. */
function indent(text: string, more: number): readonly string[] {
  return text.split('\n').map((line, i) => ' '.repeat(i === 0 ? 2 : more) + line);
}
