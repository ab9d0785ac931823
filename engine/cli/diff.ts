import { plural } from '../report/format.js';
import type { Command } from './shared/command.js';
import { JSON_OPTION } from './shared/command.js';
import { withProject } from './shared/project.js';
import type { Difference } from './shared/run-diff.js';
import { openRun } from './shared/run-open.js';

/** `dag diff` */
export const diff: Command = {
  name: 'diff',
  doc: 'Compare two runs: what they were started with, which items they had, and what came out.',
  args: [
    { name: '<before>', doc: 'A run: `last~1`, or part of an id.' },
    { name: '<after>', doc: 'Another: `last`.' },
  ],
  options: [{ flags: '--items', doc: 'Name every item, not only the stages.' }, JSON_OPTION],
  examples: ['dag diff last~1 last'],
  run: (given, io) =>
    withProject(io, async (project) => {
      const { differences } = await import('./shared/run-diff.js');
      const [before, after] = [
        await openRun(project, given.arg(0)),
        await openRun(project, given.arg(1)),
      ];
      const found = differences(before, after);
      io.out(
        given.flag('json')
          ? `${JSON.stringify(found, null, 2)}\n`
          : text(found, given.flag('items')),
      );
      return 0;
    }),
};

function text({ settings, items }: Difference, named: boolean): string {
  const stages = new Map<string, Map<string, string[]>>();
  for (const { item, stage, what } of items) {
    const ofStage = stages.get(stage) ?? new Map<string, string[]>();
    ofStage.set(what, [...(ofStage.get(what) ?? []), item]);
    stages.set(stage, ofStage);
  }
  const lines = [...stages].flatMap(([stage, groups]) => [
    stage,
    ...[...groups].flatMap(([what, names]) => [
      `  ${plural(names.length, 'item')}: ${what}`,
      ...(named ? names.map((n) => `    ${n}`) : []),
    ]),
  ]);
  const same = settings.length + items.length === 0;
  return `${same ? 'The runs had the same settings and gave the same.' : [...settings, ...lines].join('\n')}\n`;
}
