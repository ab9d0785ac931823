import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Problems } from '../../engine/diag/problems.js';
import { Refusal } from '../../engine/diag/refusal.js';
import { loadComposed, operators } from '../../engine/expr/index.js';
import { Project } from '../../engine/graph/project.js';
import { formulaPlaces, Specs } from '../../engine/graph/specs.js';
import { installComposed } from '../../engine/sdk/composed.js';
import { type AnyKind, type SpecOf, t } from '../../engine/sdk/index.js';
import { revive } from '../../engine/sdk/revive.js';
import { parseYaml } from '../../engine/yaml/parse.js';
import { calendar } from '../../nodes/kinds/calendar.js';
import { event } from '../../nodes/kinds/event.js';
import { feature } from '../../nodes/kinds/feature.js';
import { gates } from '../../nodes/kinds/gates.js';
import { layout } from '../../nodes/kinds/layout.js';
import { market } from '../../nodes/kinds/market.js';
import { state } from '../../nodes/kinds/state.js';
import { target } from '../../nodes/kinds/target.js';
import { template } from '../../nodes/kinds/template.js';

/** The project under test. */
export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const KINDS = { calendar, event, feature, gates, layout, market, state, target, template };
const PLACE = { file: 'test', line: 1, col: 1, length: 1 };

/** Make the project's composed operators known, as the engine does when it starts. */
export function installFormulas(): void {
  const folder = `${ROOT}spec/formulas`;
  const sources = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .flatMap((name) => {
      const file = `spec/formulas/${name}`;
      const { value, problems } = parseYaml(readFileSync(`${folder}/${name}`, 'utf8'), file);
      if (!value || problems.length > 0) throw new Refusal(problems);
      return [{ file, value }];
    });
  const { composed, problems } = loadComposed(sources, new Set(operators.keys()));
  if (problems.some((p) => p.severity === 'error')) throw new Refusal(problems);
  installComposed(composed);
}

/**
 * Specs of one kind as a node receives them: all that a glob, path or id names.
 * @param readText  Text that stands in for a file, by its path in the project.
 */
export function specsOf<K extends AnyKind>(
  kind: K,
  name: string,
  readText: (file: string) => string | undefined = () => undefined,
): readonly SpecOf<K>[] {
  const problems = new Problems();
  const specs = new Specs(new Project(ROOT, readText), KINDS, new Set());
  const found = specs.specs(kind, name, PLACE, problems);
  problems.settle();
  const schema = t.spec(kind);
  return (found ?? []).map((json) => revive(schema, json, formulaPlaces) as SpecOf<K>); // read by the kind's own fields
}

/** Specs written in a test: the fields as YAML text, without the first line, which names kind and id. */
export function written<K extends AnyKind>(
  kind: K,
  id: string,
  fields: string,
): readonly SpecOf<K>[] {
  // A kind whose specs name their sub-folder leaves those alone that lie in none.
  const folder = kind.group === undefined ? `${kind.folder}/written` : kind.folder;
  const file = `spec/${folder}/${id}.yaml`;
  const text = `${kind.kind}: ${id}\n${fields}\n`;
  return specsOf(kind, file, (asked) => (asked === file ? text : undefined));
}
