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
    '{stage}: this run would take away or shorten {files}, which reach further; {folder} still holds {what}.',
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

/** A port stays as it was: periods that it holds would lose rows. */
export function shorter(
  target: Target,
  port: Publish,
  before: Published,
  files: readonly string[],
): Diagnostic {
  const facts = { files: some(files), ...held(target, port, before) };
  const hint = `publish the longer span again; or remove ${target.to}, if the shorter one is what you want`;
  return report('publish/shorter', port.place, facts, { ...WARNING, hint });
}

/** Files that are not ours to remove. */
export function left({ stage, to }: Target, files: readonly string[], why: string): Diagnostic {
  return report('publish/left', stage.place, { folder: to, files: some(files), why }, WARNING);
}

function held({ stage, to }: Target, { name }: Publish, before: Published): Facts {
  const port = before.ports[name];
  const half = Object.keys(port?.writing ?? {}).length > 0 ? ', half replaced' : '';
  const what = port === undefined ? 'nothing of it' : `run ${port.run}${half}`;
  return { stage: stage.path, folder: to, what };
}

function some(names: readonly string[]): string {
  const most = 5;
  const more = names.length > most ? ` and ${names.length - most} more` : '';
  return names.slice(0, most).join(', ') + more;
}
