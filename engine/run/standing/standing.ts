import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../../diag/diagnostic.js';
import type { RunStart } from '../../ledger/manifest.js';
import type { Durability } from '../../store/atomic.js';
import { type Key, sha256 } from '../../store/digest.js';
import { unlessAbsent } from '../../store/failure.js';
import { readSealed, writeSealed } from '../../store/sealed.js';
import type { Outcome, Summary } from '../events.js';
import type { Evidence } from './evidence.js';

/*
 * What a run found stands as long as nothing that it saw has moved: then the same command line is answered without compiling
 * and looking up every item again. Kept by command line; a mere copy of what a run would find, and lost without harm.
 */

/** Changes when the form below does. */
const FORMAT = 1;
/** Command lines that are kept, the latest ones. */
const KEPT = 32;

/** How an item ends in a run that finds everything known. */
export type Line = readonly [item: string, node: string, outcome: Outcome, key: Key | null];

/** A warning, told before the line of a number. */
export interface Warning {
  readonly before: number;
  readonly item?: string | undefined;
  readonly problem: Diagnostic;
}

/** A run's answer to a command line, and what it rests on. */
export interface Standing {
  readonly format: typeof FORMAT;
  /** The pipeline as the command line names it, and the file that it meant. */
  readonly named: string;
  readonly file: string;
  readonly how: {
    readonly threads: number;
    readonly memory: number;
    readonly durability: Durability;
  };
  readonly shown: { readonly json: boolean; readonly plain: boolean };
  readonly evidence: Evidence;
  readonly start: Omit<RunStart, 'options'>;
  readonly lines: readonly Line[];
  /** Outputs that somebody outside wants: their objects must be there. */
  readonly needed: readonly (readonly [key: Key, port: string])[];
  readonly warnings: readonly Warning[];
  readonly summary: Summary;
}

/** The part of it that a run can tell by itself. */
export type Answer = Omit<Standing, 'format' | 'named' | 'file' | 'how' | 'shown'>;

/** The answer to a command line given in a folder; undefined where none is kept. */
export function readStanding(lake: string, question: readonly string[]): Standing | undefined {
  const text = readSealed(pathOf(lake, question));
  const found: Partial<Standing> | undefined = text === undefined ? undefined : JSON.parse(text);
  const whole = found?.format === FORMAT && found.evidence !== undefined;
  return whole ? (found as Standing) : undefined;
}

export function writeStanding(
  lake: string,
  question: readonly string[],
  standing: Omit<Standing, 'format'>,
): void {
  writeSealed(pathOf(lake, question), JSON.stringify({ format: FORMAT, ...standing }));
  forgetOldest(folderOf(lake));
}

function forgetOldest(folder: string): void {
  const paths = (unlessAbsent(folder, () => readdirSync(folder)) ?? []).map((n) => join(folder, n));
  if (paths.length <= KEPT) return;
  const age = (path: string) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const byAge = paths.map((path) => ({ path, at: age(path) })).sort((a, b) => b.at - a.at);
  for (const { path } of byAge.slice(KEPT)) rmSync(path, { force: true });
}

function folderOf(lake: string): string {
  return join(lake, 'cache', 'standing');
}

function pathOf(lake: string, question: readonly string[]): string {
  return join(folderOf(lake), `${sha256(JSON.stringify(question)).slice(0, 32)}.json`);
}
