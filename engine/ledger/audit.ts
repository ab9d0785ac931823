import { join } from 'node:path';
import { type Verdict, verify } from './chain.js';
import { type RunEntry, readManifest, wholeLines } from './runs.js';

/** What `dag audit` finds of one run. */
export interface Audited extends Verdict {
  readonly run: string;
  /** `open`: the chain holds, but the run never closed it (it still runs, or was killed). */
  readonly state: 'sound' | 'open' | 'broken';
}

/** Verify the audit chain of a run against the end that its manifest tells. */
export function auditRun(run: RunEntry): Audited {
  const { audit } = readManifest(run);
  const verdict = verify(wholeLines(join(run.folder, 'audit.jsonl')), audit ?? undefined);
  const extra = audit !== null && audit.count < verdict.count;
  const broken = verdict.broken ?? (extra ? { index: audit.count, why: 'order' as const } : null);
  return { ...verdict, broken, run: run.id, state: broken ? 'broken' : audit ? 'sound' : 'open' };
}
