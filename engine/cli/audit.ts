import type { Audited } from '../ledger/audit.js';
import { bytes, plural } from '../report/format.js';
import type { Project } from '../run/project.js';
import type { Command } from './shared/command.js';
import { JSON_OPTION } from './shared/command.js';
import { withProject } from './shared/project.js';

/** An object whose bytes are not what its name says, or that a record names and that is not there. */
interface Damage {
  readonly object: string;
  readonly state: string;
}

/** `dag audit` */
export const audit: Command = {
  name: 'audit',
  doc: 'Verify the hash chain of every run, and with --objects the bytes of every stored object and record. Exit 1 if anything is wrong.',
  args: [{ name: '[run]', doc: 'Only this run: `last`, `last~1`, or part of an id.' }],
  options: [
    { flags: '--objects', doc: 'Read and hash every object and record of the store.' },
    JSON_OPTION,
  ],
  examples: ['dag audit', 'dag audit last', 'dag audit --objects'],
  run: (given, io) =>
    withProject(io, async (project) => {
      const { auditRun } = await import('../ledger/audit.js');
      const { findRun, listRuns } = await import('../ledger/runs.js');
      const name = given.args[0];
      const runs = (
        name === undefined ? listRuns(project.lake) : [findRun(project.lake, name)]
      ).map(auditRun);
      const objects = given.flag('objects') ? hashAll(project) : undefined;
      if (given.flag('json'))
        io.out(`${JSON.stringify({ runs, objects: objects ?? null }, null, 2)}\n`);
      else io.out(text(runs, objects));
      const damaged = [...(objects?.damaged ?? []), ...(objects?.records.damaged ?? [])];
      return runs.some((r) => r.state === 'broken') || damaged.length > 0 ? 1 : 0;
    }),
};

function hashAll({ store: { objects, records } }: Project): {
  readonly count: number;
  readonly bytes: number;
  readonly damaged: readonly Damage[];
  readonly records: { readonly count: number; readonly damaged: readonly string[] };
} {
  const damaged: Damage[] = [];
  const all = objects.list();
  let size = 0;
  for (const object of all) {
    const read = objects.read(object);
    if (read.state === 'ok') size += read.bytes.length;
    else damaged.push({ object, state: read.state });
  }
  const there = new Set(all);
  const named = records.heads(records.all()).flatMap((head) => head?.objects ?? []);
  const missing = new Set(named.map(({ hash }) => hash).filter((hash) => !there.has(hash)));
  damaged.push(...[...missing].sort().map((object) => ({ object, state: 'missing' })));
  return {
    count: all.length,
    bytes: size,
    damaged,
    records: { count: records.size, damaged: records.damaged() },
  };
}

function text(runs: readonly Audited[], objects: ReturnType<typeof hashAll> | undefined): string {
  const broken = runs.filter((r) => r.state === 'broken');
  const open = runs.filter((r) => r.state === 'open');
  const lines = [
    ...broken.map(
      (r) =>
        `broken  ${r.run}  line ${(r.broken?.index ?? 0) + 1}: ${WHY[r.broken?.why ?? 'content']}`,
    ),
    ...open.map(
      (r) =>
        `open    ${r.run}  ${plural(r.count, 'line')}, never closed: it runs still, or was killed`,
    ),
    `${plural(runs.length, 'run')}: ${runs.length - broken.length - open.length} sound, ${open.length} open, ${broken.length} broken`,
  ];
  if (objects) {
    const { damaged, records } = objects;
    lines.push(...damaged.map((d) => `${d.state}  ${d.object}`));
    lines.push(...records.damaged.map((key) => `corrupt  record of key ${key}`));
    const end = damaged.length === 0 ? 'all as their names say' : `${damaged.length} damaged`;
    lines.push(`${plural(objects.count, 'object')} (${bytes(objects.bytes)}): ${end}`);
    const read =
      records.damaged.length === 0 ? 'all readable' : `${records.damaged.length} damaged`;
    lines.push(`${plural(records.count, 'record')}: ${read}`);
    if (damaged.length + records.damaged.length > 0)
      lines.push(
        'what a run needs of them it makes anew; `dag gc --apply` removes what none needs',
      );
  }
  return `${lines.join('\n')}\n`;
}

const WHY = {
  'not-json': 'it is no JSON',
  order: 'it does not follow the line before',
  content: 'it was changed',
  truncated: 'lines are missing from here on',
} as const;
