import {
  defineNode,
  Frame,
  flagColumn,
  type Numbers,
  t,
  textColumn,
} from '../../engine/sdk/index.js';
import { twoLevel } from '../math/families.js';
import { benjaminiHochberg, benjaminiYekutieli } from '../math/multiplicity.js';
import { corrected, tests, trials } from '../ports.js';

const TRIAL = [
  'id',
  'market',
  'namespace',
  'event',
  'template',
  'horizon',
  'direction',
  'n',
  'sharpe',
] as const;

/** Tests that share these are one family: another symbol, state or direction is another look at one idea. */
const FAMILY = ['family', 'event', 'template', 'horizon'] as const;

export default defineNode({
  type: 'discovery.multiplicity',
  doc: 'Correct p-values for everything that was tested in the run: one pool, unshrunk and one-sided.',
  source:
    'Benjamini & Hochberg (1995), JRSS-B 57; Benjamini & Yekutieli (2001), Annals of Statistics 29; Benjamini & Bogomolov (2014), JRSS-B 76',
  time: 'fit',

  in: { tests },
  out: { corrected, trials },
  params: {
    correction: t.choice(['bh', 'by', 'two_stage'], {
      default: 'bh',
      doc: '`bh` holds under positive dependence, `by` under any, at a price; `two_stage` chooses families of event, template and horizon first, then tests in them.',
    }),
    fdr: t.number({
      default: 0.05,
      above: 0,
      max: 0.5,
      doc: 'Level at which `two_stage` chooses families; the others do without.',
    }),
  },
  reads: () => ({ tests: [...new Set([...TRIAL, ...FAMILY, 'p', 'lacks', 'same'])] }),

  run({ tests }, { correction, fdr }, ctx) {
    const p = tests.column('p');
    const q = adjusted(tests, p, correction, fdr);
    const [lacks, same] = [tests.texts('lacks'), tests.texts('same')];
    const looked = [...lacks.keys()].filter((i) => lacks[i] === null && same[i] === null);
    const tested = flagColumn(Array.from(p, (x) => !Number.isNaN(x)));
    const trials = tests.select(TRIAL).with('tested', tested);
    ctx.log('Hypotheses tested.', {
      hypotheses: tests.length,
      tested: q.filter((x) => !Number.isNaN(x)).length,
    });
    return {
      corrected: Frame.of({ id: textColumn(tests.texts('id')), q }),
      // What could not be looked for was not tried, and one test under two names is one.
      trials: trials.take(looked),
    };
  },
});

function adjusted(tests: Frame, p: Numbers, correction: 'bh' | 'by' | 'two_stage', level: number) {
  if (correction === 'bh') return benjaminiHochberg(p);
  if (correction === 'by') return benjaminiYekutieli(p);
  const families = [...familiesOf(tests).values()];
  const found = twoLevel(
    families.map((rows) => rows.map((row) => p[row] ?? NaN)),
    level,
  );
  const q = new Float64Array(p.length).fill(NaN);
  families.forEach((rows, g) => {
    rows.forEach((row, k) => {
      q[row] = found[g]?.tests[k] ?? NaN;
    });
  });
  return q;
}

/** Rows of each family, in the order in which families appear. */
function familiesOf(tests: Frame): ReadonlyMap<string, readonly number[]> {
  const [family, event, template] = [
    tests.texts('family'),
    tests.texts('event'),
    tests.texts('template'),
  ];
  const found = new Map<string, number[]>();
  tests.column('horizon').forEach((horizon, row) => {
    const key = `${family[row]}\n${event[row]}\n${template[row]}\n${horizon}`;
    const rows = found.get(key) ?? [];
    rows.push(row);
    found.set(key, rows);
  });
  return found;
}
