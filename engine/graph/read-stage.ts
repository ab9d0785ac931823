import { reporter } from '../diag/diagnostic.js';
import { Problems } from '../diag/problems.js';
import { freeNames, get, isText, mapOf, requireKeys, unknownKeys } from '../yaml/read.js';
import type { Yaml, YamlEntry, YamlMap } from '../yaml/value.js';
import type { ExpectAst, FieldAst, PublishAst, RepeatAst, StageAst, WireAst } from './ast.js';
import type { GivenMap } from './given.js';
import { formulaOf, nameOf, namesOf } from './leaves.js';
import { readReference } from './reference.js';

const report = reporter({
  'graph/in-form': '"in" binds ports to references, found {found}.',
});

const NOWHERE = { file: '', line: 1, col: 1, length: 1 } as const;
const EMPTY: YamlMap = { kind: 'map', entries: [], place: NOWHERE };

const KEYS = [
  'foreach',
  'use',
  'in',
  'with',
  'when',
  'else',
  'repeat',
  'expect',
  'retry',
  'timeout',
  'after',
  'resources',
  'publish',
];

/** Read one stage; what it uses is undefined where it does not say so. */
export function readStage(entry: YamlEntry, problems: Problems): StageAst {
  const { key, value } = entry;
  const map = mapOf(value, problems, `Stage "${key}"`) ?? EMPTY;
  if (map === EMPTY) return stageOf(entry, EMPTY, new Problems());
  unknownKeys(map, KEYS, problems);
  requireKeys(map, ['use'], problems, `Stage "${key}"`);
  return stageOf(entry, map, problems);
}

function stageOf({ key, keyPlace }: YamlEntry, map: YamlMap, problems: Problems): StageAst {
  const part = <T>(name: string, read: (value: Yaml) => T | undefined): T | undefined => {
    const found = get(map, name);
    return found && read(found);
  };
  const field = (name: string): FieldAst | undefined =>
    part(name, (v) => ({ name, place: v.place, value: v }));
  return {
    name: key,
    place: keyPlace,
    use: part('use', (v) => nameOf(v, problems, '"use"')),
    foreach: part('foreach', (v) => namesOf(v, problems, '"foreach"')) ?? [],
    in: part('in', (v) => wiresOf(v, problems)) ?? [],
    inBroken: part('in', (v) => v.kind !== 'map') ?? false,
    with: part('with', (v) => withOf(v, problems)) ?? { kind: 'map', entries: [], place: keyPlace },
    when: part('when', (v) => formulaOf(v, problems, '"when"')),
    else: part('else', (v) => readReference(v, problems)),
    repeat: part('repeat', (v) => repeatOf(v, problems)),
    expect: part('expect', (v) => expectationsOf(v, problems)) ?? [],
    retry: field('retry'),
    timeout: field('timeout'),
    resources: field('resources'),
    after: part('after', (v) => namesOf(v, problems, '"after"')) ?? [],
    publish: part('publish', (v) => publishOf(v, problems)) ?? [],
  };
}

function wiresOf(value: Yaml, problems: Problems): readonly WireAst[] {
  if (isText(value)) {
    const hint = `name the port: { port: ${value.value} }`;
    problems.add(
      report('graph/in-form', value.place, { found: `text "${value.value}"` }, { hint }),
    );
    return [];
  }
  const map = mapOf(value, problems, '"in"');
  return (map?.entries ?? []).map(({ key, keyPlace, value: to }) => {
    return { name: key, place: keyPlace, ref: readReference(to, problems) };
  });
}

function withOf(value: Yaml, problems: Problems): GivenMap | undefined {
  return mapOf(value, problems, '"with"');
}

function expectationsOf(value: Yaml, problems: Problems): readonly ExpectAst[] {
  const items = value.kind === 'list' ? value.items : [value];
  return items.flatMap((item) => {
    const warn = item.kind === 'map';
    if (warn) {
      unknownKeys(item, ['warn'], problems);
      requireKeys(item, ['warn'], problems, 'An expectation');
    }
    const text = warn ? get(item, 'warn') : item;
    const formula = text && formulaOf(text, problems, 'An expectation');
    return formula ? [{ formula, warn }] : [];
  });
}

function repeatOf(value: Yaml, problems: Problems): RepeatAst | undefined {
  const map = mapOf(value, problems, '"repeat"');
  if (!map) return undefined;
  unknownKeys(map, ['over', 'until', 'at_most', 'carry'], problems);
  requireKeys(map, ['until'], problems, '"repeat"');
  const until = get(map, 'until');
  const formula = until && formulaOf(until, problems, '"until"');
  if (!formula) return undefined;
  const over = named(map, 'over', problems).map(({ key, keyPlace, value: list }) => {
    return { name: key, place: keyPlace, value: list };
  });
  const carry = named(map, 'carry', problems).flatMap(({ key, keyPlace, value: port }) => {
    const out = nameOf(port, problems, 'The port that is carried');
    return out ? [{ name: key, place: keyPlace, out }] : [];
  });
  return { place: map.place, over, until: formula, atMost: get(map, 'at_most'), carry };
}

function named(map: YamlMap, key: string, problems: Problems): readonly YamlEntry[] {
  const value = get(map, key);
  const found = value && mapOf(value, problems, `"${key}"`);
  if (!found) return [];
  freeNames(found, problems);
  return found.entries;
}

function publishOf(value: Yaml, problems: Problems): readonly PublishAst[] {
  const map = mapOf(value, problems, '"publish"');
  return (map?.entries ?? []).flatMap(({ key, keyPlace, value: target }) => {
    const name = { name: key, place: keyPlace };
    if (target.kind !== 'map') {
      const to = nameOf(target, problems, 'The folder to publish to');
      return to ? [{ ...name, to }] : [];
    }
    unknownKeys(target, ['to', 'split'], problems);
    requireKeys(target, ['to'], problems, `"${key}"`);
    const [folder, by] = [get(target, 'to'), get(target, 'split')];
    const to = folder && nameOf(folder, problems, 'The folder to publish to');
    return to ? [{ ...name, to, split: by && nameOf(by, problems, '"split"') }] : [];
  });
}
