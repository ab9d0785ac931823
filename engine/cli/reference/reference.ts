import { operators } from '../../expr/index.js';
import { composedSet, formulaSources } from '../../graph/composed.js';
import type { Catalogue } from '../../sdk/catalogue.js';
import type { Command } from '../shared/command.js';
import type { Computed } from '../shared/computed.js';
import type { Made } from '../shared/written.js';
import { casesPage } from './cases-page.js';
import { commandsPage } from './commands-page.js';
import { operatorSections } from './operators/page.js';
import { kindPage, nodePage } from './pages.js';
import { specPages } from './spec-pages.js';
import { unitsPage } from './units-page.js';

const FOLDER = 'docs/reference';
const MADE = '<!-- Written by `dag docs`; edits are lost. -->';

/** The reference pages of a project, all of them from metadata. `computed`: what its pipelines compute, for lookbacks. */
export function referencePages(
  root: string,
  catalogue: Catalogue,
  commands: readonly Command[],
  computed: Computed,
): Made {
  const { composed } = composedSet(formulaSources(root), operators.keys());
  return new Map([
    [`${FOLDER}/nodes.md`, nodesPage(catalogue)],
    [
      `${FOLDER}/kinds.md`,
      page('Kinds of specs', [...Object.values(catalogue.kinds).map(kindPage), casesPage()]),
    ],
    [
      `${FOLDER}/operators.md`,
      page('Operators of formulas', [...operatorSections(composed), unitsPage()]),
    ],
    [`${FOLDER}/commands.md`, commandsPage(commands, MADE)],
    ...specPages(root, catalogue, computed).map(
      ({ name, title, parts }) => [`${FOLDER}/${name}.md`, page(title, parts)] as const,
    ),
  ]);
}

function nodesPage({ nodes }: Catalogue): string {
  const areas = [...new Set(Object.keys(nodes).map((type) => type.split('.')[0] ?? ''))].sort();
  const parts = areas.flatMap((area) => [
    `## ${area}\n`,
    ...Object.values(nodes)
      .filter((n) => n.type.startsWith(`${area}.`))
      .map(nodePage),
  ]);
  return page('Nodes', parts);
}

function page(title: string, parts: readonly string[]): string {
  return `${[`# ${title}`, `${MADE}\n`, parts.join('\n')].join('\n\n')}`;
}
