import type { Bound } from '../../pit/bounds.js';
import type { Certificate } from '../../pit/certificate.js';
import type { Finding } from '../../pit/finding.js';
import type { PitReport } from '../../pit/pipeline.js';
import type { WholeExamined } from '../../pit/whole.js';
import { count, plural, time } from '../../report/format.js';
import { table } from '../../report/table.js';
import type { Asked } from './asked.js';

/** All that is told of a test. */
export interface Told extends PitReport {
  /** Files of specs that were asked for and not tested. */
  readonly missed?: readonly string[];
  /** Second runs from the sources to the end. */
  readonly whole?: WholeExamined | undefined;
}

/** What the two-run test found, as people read it: a line an item, then every leak, then what was not tested. */
export function pitText(report: Told, { specs, pipeline }: Asked): string {
  const { certificates, trusted, estimates, timeless } = report;
  const parts = [
    items(certificates),
    ...certificates.flatMap((c) => [...columnsOf(c, specs !== undefined), ...leaks(c)]),
    ...wholeText(report.whole),
    ...loose(certificates),
    ...refused(certificates),
    list(
      'not tested, as nothing computes them here (a port they need is not bound, or nothing was found to compare)',
      report.missed ?? [],
    ),
    ...(specs
      ? []
      : [
          list('taken on trust, rows and stamps (sources without a span to shorten)', trusted),
          list('estimates, held to their windows by the compiler', estimates),
          list('without rows that have times', timeless),
        ]),
    verdict(report, pipeline),
  ];
  return parts.filter((part) => part !== '').join('\n\n');
}

function items(certificates: readonly Certificate[]): string {
  if (certificates.length === 0) return '';
  const rows = certificates.map(({ item, columns, cuts, tests, verdict: found, findings }) => {
    const runs = Object.values(tests).reduce((sum, t) => sum + t.runs, 0);
    const cells = Object.values(tests).reduce((sum, t) => sum + t.cells, 0);
    const said =
      found === 'leaks'
        ? plural(findings.length, 'leak')
        : found === 'unable'
          ? 'nothing to compare'
          : found;
    return [item, String(columns.length), String(cuts), String(runs), count(cells), said];
  });
  const right = 'right' as const;
  return table(
    [
      { title: 'item' },
      { title: 'columns', align: right },
      { title: 'cuts', align: right },
      { title: 'runs', align: right },
      { title: 'cells held', align: right },
      { title: 'verdict' },
    ],
    rows,
  );
}

/** The facts of the columns of specs that were asked for. */
function columnsOf({ item, columns, bounds }: Certificate, wanted: boolean): readonly string[] {
  const claimed = columns.filter((c) => c.kind !== undefined);
  if (!wanted || claimed.length === 0 || claimed.length > 40) return [];
  const rows = claimed.map(({ name, kind = '', reach = 0, warmup = 0 }) => {
    const seen = bounds.find((b) => b.column === name && b.own)?.seen;
    return [name, kind, String(reach), seen === undefined ? '·' : String(seen), String(warmup)];
  });
  const right = 'right' as const;
  const titles = [
    { title: item },
    { title: 'kind' },
    { title: 'looks back', align: right },
    { title: 'seen', align: right },
    { title: 'known from row', align: right },
  ];
  return [table(titles, rows)];
}

function leaks({ item, findings }: Certificate): readonly string[] {
  const byColumn = new Map<string, Finding[]>();
  for (const finding of findings) {
    const id = `${finding.port}.${finding.column}`;
    byColumn.set(id, [...(byColumn.get(id) ?? []), finding]);
  }
  return [...byColumn].map(([id, found]) =>
    [
      `${item}: ${id} changes with what nobody knew`,
      ...found.map(
        ({ test, known, was, is, how, of }) =>
          `  ${test}: known at ${time(known)}${whose(of)} it was ${was}, and is ${is} with ${how}`,
      ),
    ].join('\n'),
  );
}

/** The specs whose row it is. */
function whose(of: Finding['of']): string {
  return of ? ` of ${Object.values(of).join(' ')}` : '';
}

/** Reaches that no change of a row was seen to come near. */
function loose(certificates: readonly Certificate[]): readonly string[] {
  const found = new Map<string, Bound>();
  for (const { bounds } of certificates)
    for (const bound of bounds.filter((b) => b.own)) {
      const known = found.get(bound.column);
      if (!known || known.seen < bound.seen) found.set(bound.column, bound);
    }
  const lines = [...found.values()]
    .filter(({ claimed, seen }) => seen >= 0 && seen < claimed)
    .map(
      ({ column, claimed, seen }) =>
        `  ${column}: looks back ${claimed} rows; the farthest seen is ${seen}`,
    );
  return lines.length === 0
    ? []
    : [
        [
          'warning: bounds that no change of a row reached (loose, or hard to reach):',
          ...lines,
        ].join('\n'),
      ];
}

function refused(certificates: readonly Certificate[]): readonly string[] {
  const lines = certificates.flatMap(({ item, refusals, tests }) => {
    const [first] = refusals;
    const all = Object.values(tests);
    const runs = all.reduce((sum, t) => sum + t.runs, 0);
    const none = all.reduce((sum, t) => sum + t.refused, 0);
    return first === undefined ? [] : [`  ${item}, ${none} of ${runs}: ${first}`];
  });
  return lines.length === 0
    ? []
    : [['runs that a node refused, which judge nothing:', ...lines].join('\n')];
}

function list(title: string, stages: readonly string[]): string {
  return stages.length === 0 ? '' : `${title}: ${stages.join(', ')}`;
}

function verdict({ certificates, whole, fresh, missed = [] }: Told, pipeline: string): string {
  const leaking = certificates.filter((c) => c.findings.length > 0);
  const late = whole?.findings.length ?? 0;
  if (certificates.length === 0) return `nothing in ${pipeline} was tested`;
  if (leaking.length === 0 && late === 0)
    return `${plural(certificates.length, 'item')}, ${tested(certificates.length, fresh)}: nothing that came later moved what was known${missed.length > 0 ? `; ${plural(missed.length, 'spec')} not tested` : ''}`;
  const ends = late > 0 ? `; from end to end ${plural(late, 'output')} changed` : '';
  return `${leaking.length} of ${plural(certificates.length, 'item')} look ahead, or farther back than they say${ends}`;
}

function tested(all: number, fresh: number): string {
  if (fresh >= all) return 'all tested now';
  return fresh === 0 ? 'all certified before' : `${fresh} tested now, the others certified before`;
}

/** What whole second runs compared, and what they found. */
function wholeText(whole: WholeExamined | undefined): readonly string[] {
  if (!whole) return [];
  const { runs, rowwise, estimates, findings, unjudged, refusals } = whole;
  const held = `from end to end, ${plural(runs, 'second run')}: ${plural(rowwise, 'table')} held row by row, ${plural(estimates, 'estimate')} whose windows were over`;
  const lines = findings.map(
    ({ item, port, column, known, was, is, how }) =>
      `  ${item}: ${port}.${column} known at ${time(known)} was ${was}, and is ${is} with ${how}`,
  );
  const [first] = refusals;
  const not =
    first === undefined
      ? []
      : [
          `  ${plural(unjudged, 'item')} not judged, as nodes refused what they were given: ${first}`,
        ];
  return [[held, ...lines, ...not].join('\n')];
}
