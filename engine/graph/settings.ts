import { type Place, reporter } from '../diag/diagnostic.js';
import type { Problems } from '../diag/problems.js';
import { nearest, suggestion } from '../diag/suggest.js';
import type { FieldAst, PipelineAst, ProfileAst, StageAst } from './ast.js';
import type { Given, GivenMap, Words } from './given.js';

const report = reporter({
  'graph/unknown-profile': 'There is no profile "{profile}".',
  'graph/profile-param': 'Profile "{profile}" sets "{param}", which is no parameter.',
  'set/unknown': 'There is nothing called "{path}" to set.',
  'set/no-part': '"{path}" has no part "{part}" to set.',
});

/** `--set path=text`. */
export interface Setting {
  readonly path: string;
  readonly text: string;
}

/** A pipeline with its values as profile and command line want them. */
export interface Settled {
  readonly ast: PipelineAst;
  /** What each parameter was given; absent where nothing was and there is no default. */
  readonly values: ReadonlyMap<string, Given>;
}

/** Apply a profile, then the settings of the command line in order. */
export function settle(
  ast: PipelineAst,
  profile: string | undefined,
  sets: readonly Setting[],
  problems: Problems,
): Settled {
  const values = new Map<string, Given>();
  for (const param of ast.params) if (param.value) values.set(param.name, param.value);
  const chosen = profileCalled(ast, profile, problems);
  for (const one of ast.profiles) checkProfile(ast, one, problems);
  for (const { name, value } of chosen?.values ?? []) values.set(name, value);
  let stages = ast.stages;
  for (const set of sets) {
    const parts = set.path.split('.');
    const words = wordsOf(set);
    if (ast.params.some((p) => p.name === parts[0])) setParam(parts, words, set, values, problems);
    else stages = setStage(parts, words, set, ast, stages, problems);
  }
  return { ast: { ...ast, stages }, values };
}

function profileCalled(ast: PipelineAst, profile: string | undefined, problems: Problems) {
  if (profile === undefined) return undefined;
  const found = ast.profiles.find((p) => p.name === profile);
  if (found) return found;
  const hint =
    suggestion(
      profile,
      ast.profiles.map((p) => p.name),
    ) ?? 'this pipeline has no profiles';
  const place = {
    file: `--profile ${profile}`,
    line: 1,
    col: 11,
    length: Math.max(1, profile.length),
  };
  problems.add(report('graph/unknown-profile', place, { profile }, { hint }));
  return undefined;
}

/** Names are checked in every profile, values in the one that is used. */
function checkProfile(ast: PipelineAst, profile: ProfileAst, problems: Problems): void {
  const legal = ast.params.map((p) => p.name);
  for (const { name, place } of profile.values) {
    if (legal.includes(name)) continue;
    const facts = { profile: profile.name, param: name };
    problems.add(report('graph/profile-param', place, facts, { hint: suggestion(name, legal) }));
  }
}

function wordsOf({ path, text }: Setting): Words {
  const before = `--set ${path}=`;
  const place = {
    file: `${before}${text}`,
    line: 1,
    col: before.length + 1,
    length: Math.max(1, text.length),
  };
  return { kind: 'words', text, place };
}

/** The place of the path of a setting. */
function pathPlace({ path, text }: Setting): Place {
  return { file: `--set ${path}=${text}`, line: 1, col: 7, length: Math.max(1, path.length) };
}

function setParam(
  parts: readonly string[],
  words: Words,
  set: Setting,
  values: Map<string, Given>,
  problems: Problems,
): void {
  const [name = '', ...rest] = parts;
  const changed = replaced(values.get(name), rest, words);
  if (changed) values.set(name, changed);
  else noPart(parts, set, problems);
}

function noPart(parts: readonly string[], set: Setting, problems: Problems): void {
  const facts = { path: parts.slice(0, -1).join('.'), part: parts[parts.length - 1] };
  const hint = 'a value is set as a whole, or by the keys of its map and the positions of its list';
  problems.add(report('set/no-part', pathPlace(set), facts, { hint }));
}

/** `stages.fold.with.fdr`: the parameters of a stage; whether it has such a parameter is seen when it is resolved. */
function setStage(
  parts: readonly string[],
  words: Words,
  set: Setting,
  ast: PipelineAst,
  stages: readonly StageAst[],
  problems: Problems,
): readonly StageAst[] {
  const [first, name = '', section, ...rest] = parts;
  const stage = stages.find((s) => s.name === name);
  if (first !== 'stages' || !stage || section !== 'with' || rest.length === 0) {
    const hint = nearestPath(parts, ast);
    problems.add(report('set/unknown', pathPlace(set), { path: set.path }, { hint }));
    return stages;
  }
  const changed = replaced(stage.with, rest, words);
  if (changed?.kind !== 'map') {
    noPart(parts, set, problems);
    return stages;
  }
  return stages.map((s) => (s === stage ? { ...s, with: changed } : s));
}

function nearestPath(parts: readonly string[], ast: PipelineAst): string | undefined {
  const params = ast.params.map((p) => p.name);
  const [first = '', name = ''] = parts;
  if (parts.length > 1 && nearest(first, ['stages']) !== undefined) {
    const stage = nearest(
      name,
      ast.stages.map((s) => s.name),
    );
    const rest = parts[2] === 'with' && parts.length > 3 ? parts.slice(3).join('.') : undefined;
    if (stage !== undefined && rest) return `did you mean "stages.${stage}.with.${rest}"?`;
    return 'parameters of a stage are set as stages.NAME.with.PARAM';
  }
  return suggestion(first, params);
}

/** A value with one part of it replaced; undefined where it has no such part. */
function replaced(
  value: Given | undefined,
  path: readonly string[],
  words: Words,
): Given | undefined {
  const [part, ...rest] = path;
  if (part === undefined) return words;
  if (value?.kind === 'map') return replacedKey(value, part, rest, words);
  if (value?.kind !== 'list') return undefined;
  const index = value.items.findIndex((item, i) => String(i) === part || hasId(item, part));
  if (index < 0) return undefined;
  const item = replaced(value.items[index], rest, words);
  return item && { ...value, items: value.items.map((old, i) => (i === index ? item : old)) };
}

function replacedKey(
  map: GivenMap,
  key: string,
  rest: readonly string[],
  words: Words,
): Given | undefined {
  if (key === '') return undefined;
  const old = map.entries.find((e) => e.key === key);
  const value = replaced(old?.value, rest, words);
  if (!value) return undefined;
  const entry = { key, keyPlace: keyPlace(words), value };
  const entries = old ? map.entries.map((e) => (e === old ? entry : e)) : [...map.entries, entry];
  return { ...map, entries };
}

function keyPlace({ place, text }: Words): Place {
  const path = place.file.slice(6, place.file.length - text.length - 1);
  return { ...place, col: 7, length: Math.max(1, path.length) };
}

function hasId(item: Given, id: string): boolean {
  if (item.kind !== 'map') return false;
  return item.entries.some(
    (e) => e.key === 'id' && e.value.kind === 'scalar' && e.value.value === id,
  );
}

/** Fields of a map by name, e.g. the `with:` of a stage. */
export function fieldsIn(map: GivenMap): readonly FieldAst[] {
  return map.entries.map((e) => ({ name: e.key, place: e.keyPlace, value: e.value }));
}
