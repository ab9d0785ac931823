import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { type Context, defineNode, type FileValue, optional, t } from '../../engine/sdk/index.js';
import { BLUEPRINTS, blueprintFile, blueprintList } from '../kinds/blueprint-lines.js';
import { event } from '../kinds/event.js';
import { feature } from '../kinds/feature.js';
import { state } from '../kinds/state.js';
import { template } from '../kinds/template.js';
import { linesOf } from './rules/lines.js';
import { ontologyOf } from './rules/ontology.js';
import { doubtsOf } from './rules/today.js';

/*
 * 1. The file comes over a port or lies in a folder.
 * 2. Each line is held to the schema of blueprints; all that is wrong is told, with the number of its line.
 * 3. Each blueprint is held to the specs of today: under other rules it is another strategy, which nobody tested.
 */

export default defineNode({
  type: 'discovery.read-blueprints',
  doc: 'Read blueprints, each held to its schema and to the rules of today: one whose event, template or state has changed since is refused, for nobody tested what it would trade now.',
  time: 'fit',
  effects: ['read'],

  in: { blueprints: optional(blueprintFile) },
  out: { list: blueprintList, blueprints: blueprintFile },
  params: {
    folder: t.optional(t.folder({ doc: `Folder of ${BLUEPRINTS}, where no port gives it.` })),
    specs: t.list(t.spec(event), { min: 1, doc: 'Events.' }),
    features: t.list(t.spec(feature), { doc: 'Features that rules may name.' }),
    templates: t.list(t.spec(template), { min: 1, doc: 'Templates.' }),
    states: t.list(t.spec(state), { default: [], doc: 'States.' }),
  },
  files: ({ folder }, world) => {
    if (folder === undefined) return [];
    return world
      .list(folder, BLUEPRINTS)
      .map((path) => join(folder, relative(resolve(folder), path)));
  },
  errors: {
    'blueprint/one-source':
      'Blueprints come over the port `blueprints` or from `folder`: one of them, and here {given} given.',
    'blueprint/no-file': '{folder} has no blueprints.jsonl: publish those of a research run there.',
    'blueprint/not-json': '{file}:{line} is no JSON: {reason}. A line is one blueprint.',
    'blueprint/wrong-line':
      '{file}:{line} is no blueprint: {problem}. What a line must be stands in spec/schema/blueprint-line.json.',
    'blueprint/twice': '{file}:{line} is blueprint {id}, which stands in line {first} already.',
    'blueprint/stale':
      '{file}:{line}: blueprint {id} was tested with other rules than those of today: changed or gone since it was written: {changed}. Run the research again, or bring the rules back.',
    'blueprint/edited':
      '{file}:{line}: blueprint {id} says that {field} is {written}, and by the rules it names it is {found}. Lines are written by a research run, not by hand.',
  },

  async run({ blueprints }, { folder, specs: events, ...rest }, ctx) {
    const file = given(blueprints, folder, ctx);
    const read = await linesOf(file, ctx);
    const specs = ontologyOf({ ...rest, events });
    for (const { line, value } of read) {
      const [doubt] = doubtsOf(value, specs);
      if (doubt) ctx.refuse(doubt.code, { file: file.name, line, id: value.id, ...doubt.facts });
    }
    const list = read.map(({ value }) => value);
    return { list, blueprints: { name: BLUEPRINTS, bytes: file.bytes } };
  },
});

function given(handed: FileValue | undefined, folder: string | undefined, ctx: Context): FileValue {
  if (handed && folder === undefined) return handed;
  if (handed || folder === undefined) {
    return ctx.refuse('blueprint/one-source', { given: handed ? 'both are' : 'none is' });
  }
  const [path] = ctx.files;
  if (path === undefined) return ctx.refuse('blueprint/no-file', { folder });
  return { name: path, bytes: readFileSync(path) };
}
