import type { AuthoredRows } from './authors.js';
import type { Bound } from './bounds.js';
import { type ComputedSpec, type Made, specsOf } from './choose.js';
import type { Effort, Examined } from './examine.js';
import type { Finding, Tally } from './finding.js';
import type { Subject } from './subject.js';

/** What the two-run test found of one item, and of what exactly. */
export interface Certificate {
  readonly item: string;
  readonly stage: string;
  readonly node: string;
  /** The specs that the item computes. */
  readonly specs: readonly ComputedSpec[];
  /** `blind`: nothing that came later, and nothing before its reach, moved it. `unable`: there was nothing to compare. */
  readonly verdict: 'blind' | 'leaks' | 'unable';
  /** The key of the item: code, parameters, formulas, operators, kernel and the digests of all it read. */
  readonly key: string;
  readonly effort: Effort;
  readonly columns: readonly CertifiedColumn[];
  readonly cuts: number;
  readonly rows: number;
  /** How many rows each spec made, where the rows say which did. */
  readonly authors: readonly AuthoredRows[];
  readonly tests: Readonly<Record<string, Tally>>;
  readonly findings: readonly Finding[];
  readonly bounds: readonly Bound[];
  readonly refusals: readonly string[];
}

/** A column with what the compiler derived for it. */
export interface CertifiedColumn {
  readonly port: string;
  readonly name: string;
  /** Digest of what its formula computes, in terms of the columns it reads. */
  readonly formula?: string;
  readonly kind?: string;
  readonly reach?: number;
  readonly warmup?: number;
  /** Milliseconds after the close of its row. */
  readonly delay: number;
}

export function certificateOf(
  { entry, task }: Made,
  subject: Subject,
  effort: Effort,
  found: Examined,
): Certificate {
  const runs = [...found.tallies.values()];
  // Runs in which nothing was compared say nothing: a table without rows, or a node that refused them all.
  const judged = runs.some(({ cells }) => cells > 0);
  return {
    item: entry.name,
    stage: entry.stage.path,
    node: subject.node,
    specs: specsOf(entry, task),
    verdict: found.findings.length > 0 ? 'leaks' : judged ? 'blind' : 'unable',
    key: entry.keyed?.key ?? '',
    effort,
    columns: subject.outputs.flatMap(({ port, columns }) =>
      [...columns.values()].map(({ name, delay, facts, formula }) => ({
        port,
        name,
        ...(formula === undefined ? {} : { formula }),
        ...(facts ? { kind: facts.kind, reach: facts.reach, warmup: facts.warmup } : {}),
        delay,
      })),
    ),
    cuts: found.cuts,
    rows: found.rows,
    authors: found.authors,
    tests: Object.fromEntries(found.tallies),
    findings: found.findings,
    bounds: found.bounds,
    refusals: found.refusals,
  };
}

/** A certificate with what a later test did and found. */
export function withMore(
  certificate: Certificate,
  more: Pick<Examined, 'findings' | 'tallies'> | undefined,
): Certificate {
  if (!more) return certificate;
  return {
    ...certificate,
    verdict: more.findings.length > 0 ? 'leaks' : certificate.verdict,
    tests: { ...certificate.tests, ...Object.fromEntries(more.tallies) },
    findings: [...certificate.findings, ...more.findings],
  };
}
