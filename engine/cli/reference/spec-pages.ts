import { basename, dirname, join } from 'node:path';
import type { CarriedFacts } from '../../expr/types.js';
import { yamlFilesUnder } from '../../graph/yaml-files.js';
import type { Catalogue, KindEntry } from '../../sdk/catalogue.js';
import { readYaml } from '../../yaml/file.js';
import { get } from '../../yaml/read.js';
import type { Yaml, YamlMap } from '../../yaml/value.js';
import { formulaFields, formulasIn } from '../cases/definitions.js';
import type { Computed } from '../shared/computed.js';

/** One page for every kind of spec that is a formula: what each spec gives, and how far back it looks. */
export interface SpecPage {
  /** The folder of the kind: the page's name. */
  readonly name: string;
  readonly title: string;
  readonly parts: readonly string[];
}

/** The specs of a project by kind and family, from their files alone. */
export function specPages(
  root: string,
  { kinds }: Catalogue,
  computed: Computed,
): readonly SpecPage[] {
  return Object.values(kinds)
    .filter((kind) => kind.folder !== '' && formulaFields(kind).length > 0)
    .map((kind) => {
      const { files } = yamlFilesUnder(root, `spec/${kind.folder}`);
      const families = [...new Set(files.map(familyOf))].sort();
      const parts = families.flatMap((family) => [
        ...(family === basename(kind.folder) ? [] : [`## ${family}\n`]),
        ...files
          .filter((f) => familyOf(f) === family)
          .flatMap((f) => entry(root, f, kind, computed)),
      ]);
      return {
        name: kind.folder.replaceAll('/', '-'),
        title: titleOf(kind),
        parts: [`${kind.doc}\n`, ...parts],
      };
    });
}

/** The formula that a kind is about; where a spec need have none, all that it has. */
function formulasShown(spec: YamlMap, kind: KindEntry): ReturnType<typeof formulasIn> {
  const written = formulasIn(spec, kind.fields);
  const [first = ''] = formulaFields(kind);
  const needed = kind.fields[first]?.['x-dag'].as === 'formula';
  return needed ? written.filter(([name]) => name === first) : written;
}

function titleOf({ folder }: KindEntry): string {
  const name = basename(folder);
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

function familyOf(file: string): string {
  return basename(dirname(file));
}

function entry(root: string, file: string, kind: KindEntry, computed: Computed): readonly string[] {
  const { value } = readYaml(join(root, file), file);
  if (value?.kind !== 'map') return [];
  const text = (key: string) => textAt(value, key);
  const clauses = mapAt(value, 'let').map(({ key, value: body }) => `${key}: ${scalar(body)}`);
  const rules = formulasShown(value, kind).map(([name, body]) => `${name}: ${scalar(body)}`);
  const formula = [...clauses, ...rules].join('\n');
  const unit = text('unit');
  const facts = [
    `from [${basename(file)}](../../${file})`,
    ...(unit === '' ? [] : [`unit ${unit}`]),
    ...columns(value, basename(file, '.yaml'), computed),
  ];
  const source = text('source');
  return [
    [
      `### ${basename(file, '.yaml')}`,
      [text('title'), text('doc')]
        .filter((t) => t !== '')
        .map(sentence)
        .join(' '),
      ...(formula === '' ? [] : [`\`\`\`yaml\n${formula}\n\`\`\``]),
      facts.join(' · '),
      ...(source === '' ? [] : [`*${source}*`]),
      '',
    ]
      .join('\n\n')
      .replace(/\n+$/, '\n'),
  ];
}

/** The columns a spec gives, each with how far it looks where a pipeline computes it. */
function columns(spec: YamlMap, id: string, computed: Computed): readonly string[] {
  const axes = mapAt(spec, 'foreach').map(({ value }) =>
    value.kind === 'list' ? value.items.map(scalar) : [],
  );
  const ids = axes.reduce<readonly string[]>(
    (made, values) => made.flatMap((one) => values.map((value) => `${one}_${value}`)),
    [id],
  );
  const told = ids.flatMap((column) => {
    const facts = computed.get(column);
    return facts ? [`\`${column}\` ${lookback(facts)}`] : ids.length > 1 ? [`\`${column}\``] : [];
  });
  return told.length > 0 ? [told.join(', ')] : [];
}

function lookback({ kind, reach, scope }: CarriedFacts): string {
  const across = scope === 'universe' ? ' of all symbols' : '';
  switch (kind) {
    case 'finite':
      return reach === 0 ? `looks at its own bar${across}` : `looks back ${reach} bars${across}`;
    case 'decaying':
      return `forgets what lies ${reach} bars back${across}`;
    case 'resetting':
      return `remembers what has been since its last reset${across}`;
    default:
      return `rests on all bars${across}`;
  }
}

function mapAt(map: YamlMap, key: string): YamlMap['entries'] {
  const value = get(map, key);
  return value?.kind === 'map' ? value.entries : [];
}

function textAt(map: YamlMap, key: string): string {
  const value = get(map, key);
  return value === undefined ? '' : scalar(value);
}

function scalar(value: Yaml): string {
  return value.kind === 'scalar' && value.value !== null ? String(value.value).trim() : '';
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
