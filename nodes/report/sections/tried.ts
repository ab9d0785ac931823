import type { Frame } from '../../../engine/sdk/index.js';
import type { Untried } from '../../kinds/untried.js';
import { columns, type Origin, paragraph, type Section } from '../page/document.js';
import { whole } from '../page/numbers.js';
import { leftOut } from './discovery.js';
import type { Hypothesis } from './found.js';
import { testedOf } from './untested.js';

interface Given {
  readonly hypotheses: readonly Hypothesis[];
  readonly trials: Frame;
  readonly ledger: Frame | undefined;
  readonly untried: readonly Untried[];
}

/** How many hypotheses were looked at, here and ever, and what was not. */
export function triedSection(
  { hypotheses, trials, ledger, untried }: Given,
  origin: (port: string) => Origin,
): Section {
  const line = (what: string, of: Frame) => [
    what,
    whole(of.length),
    whole(new Set(of.texts('event')).size),
    whole(new Set(of.texts('template')).size),
  ];
  const refused = untried.filter((event) => event.refused.length > 0);
  const left = leftOut([{ at: {}, value: untried }]);
  return {
    title: 'What was tried, and what was not',
    blocks: [
      {
        kind: 'table',
        title: 'Trials',
        columns: columns(['Counted'], ['Hypotheses', 'Events', 'Templates']),
        rows: [
          line('this pipeline', trials),
          ...(ledger ? [line('ever, in this market', ledger)] : []),
        ],
        origin: origin('trials'),
        also: ledger && [origin('ledger')],
        note: `Hypotheses that were looked at, each once, whether or not they could be tested. ${testedOf(hypotheses)} They are not independent: kin share their occurrences, so that as many independent ones lie between the number of events and that of hypotheses; it is not measured here.${ledger ? '' : ' What earlier runs looked at is not in the count.'}`,
      },
      ...(left === '' ? [] : [paragraph(left)]),
      ...(refused.length === 0
        ? []
        : [
            {
              kind: 'table' as const,
              title: `Not tried, because gate E1 refused the event: ${whole(refused.length)}`,
              columns: [{ name: 'Event' }, { name: 'Why', prose: true }],
              rows: refused.map((event) => [event.event, event.refused.join('; ')]),
              origin: origin('untried'),
            },
          ]),
    ],
  };
}
