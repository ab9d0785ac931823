import { type Diagnostic, reporter } from '../diag/diagnostic.js';
import { refuse } from '../diag/refusal.js';
import type { Frame } from '../frame/frame.js';
import { isFrame } from '../frame/frame.js';
import type { Dimension, Point } from '../graph/graph.js';
import { rowId } from '../graph/ids.js';
import type { Value } from '../store/value.js';
import type { Json } from '../yaml/value.js';

const report = reporter({
  'graph/no-id':
    'Dimension "{dimension}" is read from {source}, whose rows have neither a column "id" nor "{dimension}".',
  'graph/bad-id': 'Dimension "{dimension}": "{id}" cannot be an id.',
  'graph/repeated-id': 'Dimension "{dimension}" has the id "{id}" twice (case does not count).',
  'graph/no-rows':
    'Dimension "{dimension}" is read from {source}, which is neither a table nor a list.',
});

const ID = /^[A-Za-z0-9_.+-]{1,64}$/;

/** The points of a dimension that is read from a port: the rows of a table, or the entries of a list. */
export function pointsIn(dimension: Dimension, value: Value): readonly Point[] {
  const source =
    dimension.points.kind === 'port'
      ? `${dimension.points.source.stage.path}.${dimension.points.source.port}`
      : '';
  const facts = { dimension: dimension.name, source };
  const stop = (code: 'graph/no-id' | 'graph/no-rows'): never =>
    refuse(report(code, dimension.place, facts));
  const rows = isFrame(value)
    ? frameRows(value)
    : Array.isArray(value)
      ? value
      : stop('graph/no-rows');
  const late = dimension.points.kind === 'port' ? dimension.points.late : undefined;
  const points = rows.map((row: Json): Point => {
    const id = rowId(row, dimension.name);
    return { id: id ?? stop('graph/no-id'), value: without(row, late) };
  });
  const problems = check(points, dimension);
  if (problems.length > 0) refuse(...problems);
  return points;
}

function frameRows(frame: Frame): readonly Json[] {
  return [...frame.rows()].map((row) => ({ ...row }));
}

/** A row as it was known when it began. */
function without(row: Json, late: readonly string[] = []): Json {
  if (row === null || typeof row !== 'object' || Array.isArray(row)) return row;
  return Object.fromEntries(Object.entries(row).filter(([name]) => !late.includes(name)));
}

function check(points: readonly Point[], dimension: Dimension): readonly Diagnostic[] {
  const seen = new Set<string>();
  return points.flatMap(({ id }) => {
    const facts = { dimension: dimension.name, id };
    if (!ID.test(id))
      return [
        report('graph/bad-id', dimension.place, facts, {
          hint: 'letters, digits and _ . + - , at most 64',
        }),
      ];
    const folded = id.toLowerCase();
    if (seen.has(folded)) return [report('graph/repeated-id', dimension.place, facts)];
    seen.add(folded);
    return [];
  });
}
