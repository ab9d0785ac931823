import { type Composed, printFormula } from '../../../expr/index.js';
import { type Operator, signatureOf } from '../../../expr/op.js';
import { families } from '../../../expr/ops/index.js';
import { type ArgumentRow, argumentRow, composedRow } from './arguments.js';
import { lookback, timing } from './lookback.js';
import { type Probed, probe } from './probe.js';
import { sampleOf, sampleTable } from './sample.js';
import { unitRule } from './units.js';

/** Sections on all operators: primitive ones by family, then those made of formulas by name. */
export function operatorSections(composed: ReadonlyMap<string, Composed>): readonly string[] {
  const formulas = [...composed.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    contents(formulas),
    ...families.flatMap(({ title, doc, operators }) => [
      `## ${title}\n\n${doc}\n`,
      ...operators.map((op) => operatorSection(op, composed)),
    ]),
    '## Composed\n\nFormulas over other operators, one a file in `spec/formulas/`. Names that are no arguments are columns of the item.\n',
    ...formulas.map((one) => composedSection(one, composed)),
  ];
}

/** All names, each with the way to it; signs have none. */
function contents(formulas: readonly Composed[]): string {
  const link = ({ name }: { readonly name: string }): string =>
    /^\w+$/.test(name) ? `[${name}](#${name})` : `\`${name}\``;
  const line = (title: string, all: readonly { readonly name: string }[]): string =>
    `- **${title}**: ${all.map(link).join(' ')}`;
  const lines = families.map(({ title, operators }) => line(title, operators));
  return `${[...lines, line('Composed', formulas)].join('\n')}\n`;
}

function operatorSection(op: Operator, composed: ReadonlyMap<string, Composed>): string {
  const probed = probe(op.example, composed, op.name);
  const [sample] = op.cases;
  return section(op.name, [
    `\`${signatureOf(op)}\``,
    op.doc,
    `\`${op.formula}\``,
    ...argumentTable(op.args.map((arg) => argumentRow(arg, op.args))),
    givesText(op, probed),
    seen(op.example, probed),
    ...(op.source === undefined ? [] : [`*${op.source}*`]),
    ...(sample === undefined ? [] : [sampleTable(sample)]),
  ]);
}

function composedSection(one: Composed, composed: ReadonlyMap<string, Composed>): string {
  const sample = sampleOf(one);
  const lines = [...one.lets].map(([name, tree]) => `${name} = ${printFormula(tree)}`);
  const call = callOf(one) ?? sample?.call;
  return section(one.name, [
    `\`${one.signature}\``,
    one.doc,
    `\`\`\`\n${[...lines, printFormula(one.expr)].join('\n')}\n\`\`\``,
    ...argumentTable(one.args.map(composedRow)),
    ...(call === undefined ? [] : [seen(call, probe(call, composed))]),
    ...(one.source === undefined ? [] : [`*${one.source}*`]),
    ...(sample === undefined ? [] : [sampleTable(sample)]),
  ]);
}

/** A call with nothing but series, where all else has defaults. */
function callOf({ name, args }: Composed): string | undefined {
  const needed = args.filter((a) => a.default === undefined);
  if (needed.some((a) => a.kind !== 'series')) return undefined;
  return needed.length === 0 ? name : `${name}(${needed.map((a) => a.name).join(', ')})`;
}

function section(name: string, parts: readonly string[]): string {
  return `${[`### ${name}`, ...parts].join('\n\n')}\n`;
}

function seen(text: string, probed: Probed | undefined): string {
  const shown = `\`${text}\``;
  if (probed === undefined) return `As in ${shown}.`;
  const time = probed.node === undefined ? undefined : timing(probed.node);
  return [`${shown} ${lookback(probed.facts)}.`, ...(time === undefined ? [] : [time])].join(' ');
}

function givesText(op: Operator, probed: Probed | undefined): string {
  const type = typeOf(op);
  const rule = probed?.node === undefined ? undefined : unitRule(op, probed.node.constants);
  const unit = type !== 'a number' && type !== SAME ? undefined : rule?.gives;
  const result = unit === undefined ? type : unit === 'a pure number' ? unit : `${type} in ${unit}`;
  return `Gives ${result}${rule?.asks === undefined ? '' : `; ${rule.asks}`}.`;
}

const SAME = 'a value of the type of its arguments';
const TYPES = { number: 'a number', boolean: 'true or false', text: 'a text' } as const;

function typeOf({ gives, args }: Operator): string {
  if (typeof gives !== 'function') return TYPES[gives];
  const types = (['number', 'boolean', 'text'] as const).map((open) =>
    gives(args.flatMap((a) => (a.is === 'series' ? [a.type === 'any' ? open : a.type] : []))),
  );
  const [first] = types.filter((t) => t !== undefined);
  return first !== undefined && types.every((t) => t === undefined || t === first)
    ? TYPES[first]
    : SAME;
}

function argumentTable(rows: readonly ArgumentRow[]): readonly string[] {
  if (rows.length === 0) return [];
  const all: readonly (keyof ArgumentRow)[] = ['name', 'is', 'preset', 'bounds', 'doc'];
  const shown = all.filter((key) => rows.some((row) => row[key] !== ''));
  const head = shown.map((key) => HEADS[key]);
  const cells = (row: ArgumentRow): string[] =>
    shown.map((key) => (key === 'name' ? `\`${row.name}\`` : row[key].replaceAll('|', '\\|')));
  const lines = [head, head.map(() => '---'), ...rows.map(cells)];
  return [lines.map((line) => `| ${line.join(' | ')} |`).join('\n')];
}

const HEADS: Readonly<Record<keyof ArgumentRow, string>> = {
  name: 'argument',
  is: 'is',
  preset: 'default',
  bounds: 'bounds',
  doc: 'meaning',
};
