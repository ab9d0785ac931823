import type { Command } from './shared/command.js';
import { withProject } from './shared/project.js';

/** `dag docs` */
export const docs: Command = {
  name: 'docs',
  doc: 'Write the reference in docs/reference/ from the metadata of nodes, kinds, operators and commands, and from the specs.',
  args: [],
  options: [{ flags: '--check', doc: 'Write nothing; exit 1 if a page is not fresh.' }],
  examples: ['dag docs', 'dag docs --check'],
  run: (given, io, all) =>
    withProject(io, async (project) => {
      const { referencePages } = await import('./reference/reference.js');
      const { settle } = await import('./shared/written.js');
      const { computedColumns } = await import('./shared/computed.js');
      const computed = await computedColumns(project);
      const pages = referencePages(project.root, project.plugins.catalogue, all, computed);
      return settle(project.root, pages, given.flag('check'), io);
    }),
};
