import type { Frame } from '../../../engine/sdk/index.js';
import type { Untried } from '../../kinds/untried.js';
import { columns, type Origin, paragraph, type Section } from '../page/document.js';
import { fixed, whole } from '../page/numbers.js';
import { leftOut } from './discovery.js';
import {
  bestByLuck,
  distinct,
  everTable,
  lookedAt,
  spreadOf,
  testedEver,
  testedIn,
} from './ever.js';
import type { Hypothesis } from './found.js';
import { testedOf } from './untested.js';

interface Given {
  readonly trials: Frame;
  readonly ledger: Frame | undefined;
  readonly untried: readonly Untried[];
  readonly promoted: Frame | undefined;
  readonly hypotheses: readonly Hypothesis[];
  readonly spacing: number;
}

const UNTOLD =
  'Ever tried here: by every run in this lake on markets of the same kind, this one among them.';

/** How many hypotheses were looked at, here and ever, and what was not. */
export function triedSection(given: Given, origin: (port: string) => Origin): Section {
  const { trials, ledger, untried } = given;
  const spread = spreadOf(testedIn(trials));
  const line = (what: string, of: Frame, tested: Frame) => {
    const { hypotheses, events } = lookedAt(of);
    const deflating = lookedAt(tested);
    return [
      what,
      whole(hypotheses),
      whole(events),
      whole(distinct(of.texts('template'))),
      whole(deflating.hypotheses),
      fixed(bestByLuck(deflating.hypotheses, spread), 3),
      fixed(bestByLuck(deflating.events, spread), 3),
    ];
  };
  const refused = untried.filter((event) => event.refused.length > 0);
  const left = leftOut([{ at: {}, value: untried }]);
  return {
    title: 'What was tried, and what was not',
    blocks: [
      {
        kind: 'table',
        title: 'Trials',
        columns: columns(
          ['Counted'],
          [
            'Hypotheses',
            'Events',
            'Templates',
            'Deflating',
            'Best by luck',
            'Best by luck, one an event',
          ],
        ),
        rows: [
          line('this pipeline', trials, testedIn(trials)),
          ...(ledger ? [line('ever tried here', ledger, testedEver(ledger, trials))] : []),
        ],
        origin: origin('trials'),
        also: ledger && [origin('ledger')],
        note: `${noteOf(given.hypotheses)}${ledger ? ` ${UNTOLD}` : ' What earlier runs looked at is not in the count.'}`,
      },
      ...everTable(given, origin),
      ...(left === '' ? [] : [paragraph(left)]),
      ...(refused.length === 0
        ? []
        : [
            {
              kind: 'table' as const,
              title: `Not tried, because gate E1 refused the event or its data are nowhere: ${whole(refused.length)}`,
              columns: [{ name: 'Event' }, { name: 'Why', prose: true }],
              rows: refused.map((event) => [event.event, event.refused.join('; ')]),
              origin: origin('untried'),
            },
          ]),
    ],
  };
}

/** What a reader must know of the counts. */
function noteOf(hypotheses: readonly Hypothesis[]): string {
  return `Hypotheses that were looked at, each once, whether or not they could be tested. ${testedOf(hypotheses)} They are not independent: kin share their occurrences, so that as many independent ones lie between the number of events and that of hypotheses; it is not measured here. Best by luck: the Sharpe ratio a day, before costs, that the best of the deflating ones is expected to show without skill: those with a p-value, for the others could not have been chosen; of earlier runs all, since the ledger does not say.`;
}
