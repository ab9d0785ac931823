import { reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import { suggestion } from '../diag/suggest.js';
import type { Command } from './shared/command.js';
import { JSON_OPTION } from './shared/command.js';
import { withProject } from './shared/project.js';

const report = reporter({ 'cli/no-node': 'There is no node "{type}".' });

/** `dag nodes` */
export const nodes: Command = {
  name: 'nodes',
  doc: 'List the nodes that stages may use, or explain one: its ports, parameters and errors.',
  args: [{ name: '[type]', doc: 'A node, such as `clean.market`, or the start of several.' }],
  options: [JSON_OPTION],
  examples: ['dag nodes', 'dag nodes clean.market'],
  run: (given, io) =>
    withProject(io, async ({ plugins }) => {
      const { nodePage } = await import('./reference/pages.js');
      const { table } = await import('../report/table.js');
      const all = Object.values(plugins.catalogue.nodes);
      const [type] = given.args;
      const found =
        type === undefined
          ? all
          : all.filter((n) => n.type === type || n.type.startsWith(`${type}.`));
      if (type !== undefined && found.length === 0) {
        const areas = all.map((n) => n.type.slice(0, n.type.indexOf('.')));
        const names = type.includes('.') ? all.map((n) => n.type) : [...new Set(areas)];
        const hint = suggestion(type, names);
        refuse(report('cli/no-node', undefined, { type }, { hint }));
      }
      const [first] = found;
      if (given.flag('json')) io.out(`${JSON.stringify(found, null, 2)}\n`);
      else if (first && type === first.type) io.out(nodePage(first));
      else {
        const titles = ['node', 'time', 'what it does'].map((title) => ({ title }));
        io.out(
          `${table(
            titles,
            found.map((n) => [n.type, n.time, n.doc]),
            io.width,
          )}\n`,
        );
      }
      return 0;
    }),
};
