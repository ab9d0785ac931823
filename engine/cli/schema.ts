import type { Command } from './shared/command.js';
import { withProject } from './shared/project.js';

/** `dag schema` */
export const schema: Command = {
  name: 'schema',
  doc: 'Write JSON Schemas of pipelines, of every kind of spec and of the lines of JSON files to spec/schema/, for editors and readers.',
  args: [],
  options: [{ flags: '--check', doc: 'Write nothing; exit 1 if a schema is not fresh.' }],
  examples: ['dag schema', 'dag schema --check'],
  run: (given, io) =>
    withProject(io, async (project) => {
      const { schemaFiles } = await import('./schemas/schemas.js');
      const { settle } = await import('./shared/written.js');
      const { root, plugins } = project;
      return settle(root, schemaFiles(root, plugins.catalogue), given.flag('check'), io);
    }),
};
