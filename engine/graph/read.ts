import { reporter } from '../diag/diagnostic.js';
import type { Problems } from '../diag/problems.js';
import {
  booleanOf,
  entry,
  freeNames,
  get,
  isText,
  mapOf,
  textOf,
  unknownKeys,
} from '../yaml/read.js';
import type { Yaml, YamlEntry, YamlMap } from '../yaml/value.js';
import type {
  DimensionAst,
  InAst,
  NameAst,
  ParamAst,
  PipelineAst,
  ProfileAst,
  StageAst,
  WireAst,
} from './ast.js';
import { formulaOf, nameOf, namesOf } from './leaves.js';
import { readStage } from './read-stage.js';
import { readReference } from './reference.js';

const report = reporter({
  'graph/not-a-pipeline': 'A pipeline starts with "dag: {stem}", found {found}.',
  'graph/name-is-file': 'The pipeline is called "{name}", but its file "{stem}.yaml".',
  'graph/no-stages': 'The pipeline has no stages.',
  'graph/param-form': 'Parameter "{name}" needs a type or a default.',
  'graph/dimension-form':
    'Dimension "{name}" must be a list, $param, a glob of specs, or stage.port.',
  'graph/reserved': 'The name "{name}" is taken: "in" means the inputs of a part.',
});

const KEYS = ['dag', 'doc', 'params', 'profiles', 'dimensions', 'in', 'stages', 'out'];
const PARAM_KEYS = ['type', 'default', 'min', 'max', 'doc', 'optional'];

/** Read the YAML of a pipeline. What has problems is left out; undefined when this is no pipeline at all. */
export function readPipeline(
  value: Yaml,
  file: string,
  problems: Problems,
): PipelineAst | undefined {
  const map = mapOf(value, problems, 'A pipeline');
  const first = map?.entries[0];
  if (!map) return undefined;
  const stem = file.slice(file.lastIndexOf('/') + 1).replace(/\.yaml$/, '');
  if (first?.key !== 'dag') {
    const found = first ? `"${first.key}"` : 'nothing';
    problems.add(report('graph/not-a-pipeline', first?.keyPlace ?? map.place, { stem, found }));
    return undefined;
  }
  unknownKeys(map, KEYS, problems);
  const name = textOf(first.value, problems, 'The name of a pipeline') ?? stem;
  if (name !== stem) problems.add(report('graph/name-is-file', first.value.place, { name, stem }));
  const stages = section(map, 'stages', problems).map((e) => stageOf(e, problems));
  if (get(map, 'stages') === undefined || (stages.length === 0 && !problems.failed)) {
    problems.add(report('graph/no-stages', first.keyPlace));
  }
  const doc = get(map, 'doc');
  return {
    file,
    name,
    place: first.value.place,
    doc: (doc && textOf(doc, problems, '"doc"')) ?? '',
    params: section(map, 'params', problems).map((e) => paramOf(e, problems)),
    profiles: section(map, 'profiles', problems).flatMap((e) => profileOf(e, problems)),
    dimensions: section(map, 'dimensions', problems).map((e) => dimensionOf(e, problems)),
    ins: section(map, 'in', problems).map((e) => inOf(e, problems)),
    stages,
    outs: section(map, 'out', problems).map((e) => wireOf(e, problems)),
  };
}

/** The entries of a top-level map with free names; nothing where the key is absent. */
function section(map: YamlMap, key: string, problems: Problems): readonly YamlEntry[] {
  const value = get(map, key);
  const found = value && mapOf(value, problems, `"${key}"`);
  if (!found) return [];
  freeNames(found, problems);
  return found.entries;
}

function stageOf(e: YamlEntry, problems: Problems): StageAst {
  if (e.key === 'in') problems.add(report('graph/reserved', e.keyPlace, { name: e.key }));
  return readStage(e, problems);
}

function wireOf({ key, keyPlace, value }: YamlEntry, problems: Problems): WireAst {
  return { name: key, place: keyPlace, ref: readReference(value, problems) };
}

function paramOf({ key, keyPlace, value }: YamlEntry, problems: Problems): ParamAst {
  const name = { name: key, place: keyPlace };
  if (value.kind !== 'map') {
    const nothing = value.kind === 'scalar' && value.value === null;
    if (nothing) problems.add(report('graph/param-form', keyPlace, { name: key }));
    return nothing ? broken(name) : { ...name, value, optional: false, doc: '' };
  }
  unknownKeys(value, PARAM_KEYS, problems);
  const type = get(value, 'type');
  const given = get(value, 'default');
  const optional = get(value, 'optional');
  const doc = get(value, 'doc');
  if (!type && !given) {
    const hint = 'a map as default is written { type: …, default: { … } }';
    problems.add(report('graph/param-form', keyPlace, { name: key }, { hint }));
    return broken(name);
  }
  const typeName = type && nameOf(type, problems, `The type of "${key}"`);
  if (type && !typeName) return broken(name);
  return {
    ...name,
    type: typeName,
    value: given,
    min: get(value, 'min'),
    max: get(value, 'max'),
    optional: (optional && booleanOf(optional, problems, '"optional"')) ?? false,
    doc: (doc && textOf(doc, problems, '"doc"')) ?? '',
  };
}

function broken(name: NameAst): ParamAst {
  return { ...name, optional: false, doc: '', broken: true };
}

function profileOf({ key, keyPlace, value }: YamlEntry, problems: Problems): readonly ProfileAst[] {
  const map = mapOf(value, problems, `Profile "${key}"`);
  if (!map) return [];
  const values = map.entries.map((e) => ({ name: e.key, place: e.keyPlace, value: e.value }));
  return [{ name: key, place: keyPlace, values }];
}

function dimensionOf(e: YamlEntry, problems: Problems): DimensionAst {
  const { key, keyPlace, value } = e;
  const name = { name: key, place: keyPlace };
  if (value.kind === 'map') {
    unknownKeys(value, ['over', 'where'], problems);
    const over = get(value, 'over');
    if (!over || !isOver(over)) return wrongDimension(e, problems);
    const where = get(value, 'where');
    return { ...name, over, where: where && formulaOf(where, problems, '"where"') };
  }
  return isOver(value) ? { ...name, over: value } : wrongDimension(e, problems);
}

function isOver(value: Yaml): boolean {
  return value.kind === 'list' || isText(value);
}

function wrongDimension({ key, keyPlace, value }: YamlEntry, problems: Problems): DimensionAst {
  const hint = 'with a condition: { over: $symbols, where: symbol != $benchmark }';
  problems.add(report('graph/dimension-form', value.place, { name: key }, { hint }));
  return { name: key, place: keyPlace };
}

function inOf({ key, keyPlace, value }: YamlEntry, problems: Problems): InAst {
  const name = { name: key, place: keyPlace };
  if (value.kind !== 'map') {
    const type = nameOf(value, problems, `The type of input "${key}"`);
    return { ...name, type, per: [], optional: false };
  }
  unknownKeys(value, ['type', 'per', 'optional'], problems);
  const type = entry(value, 'type');
  const optional = get(value, 'optional');
  const per = get(value, 'per');
  const typeName = nameOf(type?.value ?? value, problems, `The type of input "${key}"`);
  return {
    ...name,
    type: typeName,
    per: per ? namesOf(per, problems, '"per"') : [],
    optional: (optional && booleanOf(optional, problems, '"optional"')) ?? false,
  };
}
