import { join } from 'node:path';
import { type Diagnostic, type Facts, reporter } from '../../diag/diagnostic.js';
import type { Publish } from '../../graph/graph.js';
import { ASIDE } from './copy.js';
import { LEDGER, type Published } from './published.js';
import type { Target } from './target.js';

const report = reporter({
  'publish/no-ledger': '{path} cannot be read: everything there is published anew.',
  'publish/kept': '{stage}: {gap}; {folder} still holds {what}.',
  'publish/in-the-way':
    '{stage}: nobody published {files}, which would be replaced; {folder} still holds {what}.',
  'publish/filled':
    '{stage}: between its first and last time this run lacks {rows} rows that {folder} holds; they stay, as earlier runs gave them, in {files}.',
  'publish/split-otherwise':
    '{stage}: "{port}" is split by {split}, {files} are not; {folder} still holds {what}.',
  'publish/of-others':
    '{stage}: {folder} holds tables of {held}, and this run is of {now}: they are never mixed, and nothing of it is published.',
  'publish/changed':
    'In {folder} these files were changed since they were published; they are kept under names ending in {ending}, and what they held of earlier runs is published no more: {files}.',
  'publish/set-aside':
    'In {folder} nobody knows whose these files were; they are kept under names ending in {ending}: {files}.',
  'publish/left':
    'In {folder} some files are no part of what is published, and stay: {files} ({why}).',
});

const WARNING = { severity: 'warning' } as const;
const PRUNE = 'to publish what this run has and nothing else, run it with --prune';

/** The folder does not say any more what it holds. */
export function unreadable({ to, ports }: Target): Diagnostic {
  return report('publish/no-ledger', ports[0]?.place, { path: join(to, LEDGER) }, WARNING);
}

/** What stood where copies had to go was kept under other names. */
export function putAside({ to, ports }: Target, files: readonly string[]): Diagnostic {
  const facts = { folder: to, files: some(files), ending: ASIDE };
  return report('publish/set-aside', ports[0]?.place, facts, WARNING);
}

/** A port stays as it was: a run has not all of its items. */
export function kept(target: Target, port: Publish, before: Published, gap: string): Diagnostic {
  return report('publish/kept', port.place, { gap, ...held(target, port, before) }, WARNING);
}

/** A port stays as it was: files that nobody published stand where its own must go. */
export function inTheWay(
  target: Target,
  port: Publish,
  before: Published,
  files: readonly string[],
): Diagnostic {
  const facts = { files: some(files), ...held(target, port, before) };
  return report('publish/in-the-way', port.place, facts, WARNING);
}

/** A port stays as it was: it is split by other dimensions or periods, which would hold the same rows again. */
export function otherwise(
  target: Target,
  port: Publish,
  before: Published,
  files: readonly string[],
): Diagnostic {
  const by = [...target.stage.dims.map((d) => d.name), ...(port.split ? [port.split] : [])];
  const split = by.length > 0 ? by.join(' and ') : 'nothing';
  const facts = { port: port.name, split, files: some(files), ...held(target, port, before) };
  return report('publish/split-otherwise', port.place, facts, { ...WARNING, hint: PRUNE });
}

/** A port stays as it was: its tables are of another market, or whatever specs the pipeline is told. */
export function foreign(
  target: Target,
  port: Publish,
  before: Published,
  [of, now]: readonly [string, string],
): Diagnostic {
  const facts = { ...held(target, port, before), held: of, now };
  return report('publish/of-others', port.place, facts, { ...WARNING, hint: PRUNE });
}

/** Rows of earlier runs stand between those of this one, by file. */
export function filled(
  { stage, to, ports }: Target,
  rows: ReadonlyMap<string, number>,
): Diagnostic {
  const all = [...rows.values()].reduce((sum, n) => sum + n, 0);
  const facts = { stage: stage.path, folder: to, rows: all, files: some([...rows.keys()]) };
  return report('publish/filled', ports[0]?.place, facts, { ...WARNING, hint: PRUNE });
}

/** Files that somebody changed were kept under other names. */
export function changed({ to, ports }: Target, files: readonly string[]): Diagnostic {
  const facts = { folder: to, files: some(files), ending: ASIDE };
  return report('publish/changed', ports[0]?.place, facts, WARNING);
}

/** Files that are not ours to remove. */
export function left({ stage, to }: Target, files: readonly string[], why: string): Diagnostic {
  return report('publish/left', stage.place, { folder: to, files: some(files), why }, WARNING);
}

function held({ stage, to }: Target, port: Publish, before: Published): Facts {
  return { stage: stage.path, folder: to, what: runOf(port, before) };
}

function runOf({ name }: Publish, before: Published): string {
  const port = before.ports[name];
  const half = Object.keys(port?.writing ?? {}).length > 0 ? ', half replaced' : '';
  return port === undefined ? 'nothing of it' : `run ${port.run}${half}`;
}

/** The first of some names. */
export function some(names: readonly string[]): string {
  const most = 5;
  const more = names.length > most ? ` and ${names.length - most} more` : '';
  return names.slice(0, most).join(', ') + more;
}
