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
  'publish/shorter':
    '{stage}: this run lacks rows, or all, of {files}; nothing in {folder} changes, which still holds {what}.',
  'publish/set-aside':
    'In {folder} nobody knows whose these files were; they are kept under names ending in {ending}: {files}.',
  'publish/left':
    'In {folder} some files are no part of what is published, and stay: {files} ({why}).',
});

const WARNING = { severity: 'warning' } as const;

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

/** A folder stays as it was, with all its ports: items or periods that it holds would be gone or lose rows. */
export function shorter(target: Target, before: Published, lost: readonly string[]): Diagnostic {
  const { stage, to, ports } = target;
  const known = ports.filter(({ name }) => name in before.ports);
  const what = new Set(known.map((port) => runOf(port, before)));
  const facts = { stage: stage.path, files: some(lost), folder: to, what: [...what].join(', ') };
  const hint = `give the run all of it again, or publish elsewhere; if less is what you want, remove what is named here from ${to}, or remove ${to}, and run again`;
  return report('publish/shorter', ports[0]?.place, facts, { ...WARNING, hint });
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

function some(names: readonly string[]): string {
  const most = 5;
  const more = names.length > most ? ` and ${names.length - most} more` : '';
  return names.slice(0, most).join(', ') + more;
}
