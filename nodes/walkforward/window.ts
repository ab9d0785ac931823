import {
  ABSENT,
  defineNode,
  type Frame,
  optional,
  port,
  type Shape,
  type SpecOf,
  t,
} from '../../engine/sdk/index.js';
import { fold } from '../kinds/fold.js';
import { ascends, lowerBound } from '../math/locate.js';

export default defineNode({
  type: 'walkforward.window',
  doc: 'The rows of one fold: those it may learn from, and the later ones it is judged on.',
  source: 'López de Prado (2018), Advances in Financial Machine Learning, Wiley, chapter 7',
  time: 'row',

  in: {
    frame: optional(
      port.frame('Any frame with a time column `ts` that ascends; of none there are no windows.'),
    ),
  },
  out: {
    train: optional(port.frame('Rows of the training window, purged.')),
    test: optional(port.frame('Rows of the test window.')),
  },
  windows: ['train', 'test'],
  purges: { train: 'ends' },
  params: {
    fold: t.spec(fold, { doc: 'The fold.' }),
    ends: t.optional(
      t.column('frame', {
        doc: 'When the outcome of a row is known: rows that end after the training window are cut from it.',
      }),
    ),
    columns: t.optional(t.columns('frame', { doc: 'Columns to keep; all unless told.' })),
  },
  errors: {
    'walkforward/unsorted': 'Column ts does not ascend.',
    'walkforward/windows-meet':
      'Fold {fold} trains until {trains} and tests from {tests}: the windows overlap.',
  },
  shape: (ins, params, ctx) => {
    if (ctx.knows('fold') && meets(params.fold))
      ctx.wrong('fold', 'walkforward/windows-meet', factsOf(params.fold));
    // A market may lack the table; one whose columns nobody tells is there all the same.
    if (!Object.hasOwn(ins, 'frame')) return { train: ABSENT, test: ABSENT };
    const { frame } = ins;
    if (!frame) return {};
    const { columns } = params;
    const kept = narrowed(frame, columns);
    return { train: kept, test: kept };
  },
  reads: ({ columns, ends }) =>
    columns
      ? { frame: [...new Set(['ts', ...columns, ...(ends === undefined ? [] : [ends])])] }
      : {},

  run({ frame }, { fold, ends, columns }, ctx) {
    if (meets(fold)) ctx.refuse('walkforward/windows-meet', factsOf(fold));
    if (!frame) return {};
    const times = frame.time('ts');
    if (!ascends(times)) ctx.refuse('walkforward/unsorted');
    const rows = (from: number, to: number) =>
      frame.slice(lowerBound(times, from), lowerBound(times, to));
    const train = rows(fold.train_from, fold.train_to);
    const purged = ends === undefined ? train : endedBy(train, ends, fold.train_to);
    const keep = (part: Frame) => (columns ? part.select([...new Set(['ts', ...columns])]) : part);
    return { train: keep(purged), test: keep(rows(fold.test_from, fold.test_to)) };
  },
});

type Fold = SpecOf<typeof fold>;

/** Is anything tested that was trained on? */
function meets({ train_to, test_from }: Fold): boolean {
  return test_from < train_to;
}

function factsOf({ id, train_to, test_from }: Fold) {
  return { fold: id, trains: iso(train_to), tests: iso(test_from) };
}

/** The rows whose outcome is known by then; an outcome that never came is not. */
function endedBy(frame: Frame, ends: string, by: number): Frame {
  const known = frame.column(ends);
  const kept: number[] = [];
  for (let row = 0; row < frame.length; row++) if ((known[row] ?? NaN) <= by) kept.push(row);
  return kept.length === frame.length ? frame : frame.take(kept);
}

function narrowed(shape: Shape, columns: readonly string[] | undefined): Shape {
  if (!columns) return shape;
  const kept = new Set(['ts', ...columns]);
  return { columns: shape.columns.filter((c) => kept.has(c.name)) };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
