import type { Diagnostic } from '../../../engine/diag/diagnostic.js';
import type { Case } from './corpus.js';
import type { Told } from './plain.js';
import { placeOf } from './static.js';

/** What came of one case. */
export interface Verdict {
  readonly found: Case;
  /** What was held against it, shortest first; empty where it passed. */
  readonly charges: readonly string[];
  readonly right: boolean;
}

/** A leak must be caught by what is to catch it; against anything clean nothing may be said, nor against what nothing can see. */
export function verdictOf(
  found: Case,
  problems: readonly Diagnostic[],
  told: Told | undefined,
): Verdict {
  const { caught, verdict } = found;
  const charges = [
    ...problems.map((p) => `${p.code} at ${placeOf(p)}`),
    ...new Set((told?.findings ?? []).map((f) => f.test)),
    ...(told?.refusals ?? []),
  ];
  if (verdict !== 'leak') return { found, charges, right: charges.length === 0 };
  const wanted = caught?.by === 'static' ? `${caught.code} at ${caught.at}` : caught?.test;
  return { found, charges, right: wanted !== undefined && charges.includes(wanted) };
}

/** The table of the corpus: what each case is, what catches it, and how; one line each, then the sums. */
export function tableOf(verdicts: readonly Verdict[]): string {
  const rows = verdicts.map((v) => [v.found.id, v.found.doc, howOf(v)] as const);
  const widths = [0, 1].map((i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => cell.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd();
  const parts = (['leak', 'clean', 'unseen'] as const).map((kind) => {
    const own = rows.filter((_, i) => verdicts[i]?.found.verdict === kind);
    return [TITLES[kind], ...own.map(line)].join('\n');
  });
  return `${parts.join('\n\n')}\n\n${sumsOf(verdicts)}\n`;
}

const TITLES = {
  leak: 'LEAKS, AND WHAT CATCHES THEM',
  clean: 'LOOK-ALIKES THAT ARE CLEAN',
  unseen: 'WHAT NOTHING CAN SEE',
} as const;

function howOf({ found, charges, right }: Verdict): string {
  const { caught, verdict, why } = found;
  if (!right) return `WRONG: ${charges.join(', ') || 'nothing was said'}`;
  if (verdict === 'unseen') return why ?? '';
  if (verdict === 'clean') return 'passes';
  if (caught?.by === 'static') return `compiler: ${caught.code} at ${caught.at}`;
  return `two runs: ${charges.join(', ')}`;
}

/** How many were caught by what, and how many alarms were false. */
export function sumsOf(verdicts: readonly Verdict[]): string {
  const of = (kind: Case['verdict']) => verdicts.filter((v) => v.found.verdict === kind);
  const leaks = of('leak');
  const by = (how: string) => leaks.filter((v) => v.right && v.found.caught?.by === how).length;
  const alarms = of('clean').filter((v) => !v.right).length;
  return [
    `${leaks.length} leaks: ${by('static')} refused by the compiler, ${by('dynamic')} found by the two-run test, ${leaks.filter((v) => !v.right).length} missed.`,
    `${of('clean').length} look-alikes: ${alarms} false alarms.`,
    `${of('unseen').length} that no test can see: they belong to the report.`,
  ].join('\n');
}
