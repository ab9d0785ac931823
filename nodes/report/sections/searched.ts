import type { Frame, Gathered, JsonObject, Span, SpecOf } from '../../../engine/sdk/index.js';
import type { cost } from '../../kinds/cost.js';
import type { Costs } from '../../kinds/costs.js';
import type { market } from '../../kinds/market.js';
import { day, whole } from '../page/numbers.js';
import { sideSentence } from './charged.js';
import type { Hypothesis } from './found.js';
import { testedOf } from './untested.js';
import { warmedUp } from './warmup.js';

interface Searched {
  readonly candidates: Frame;
  readonly hypotheses: readonly Hypothesis[];
  readonly trials: Frame;
  readonly quality: readonly Gathered<JsonObject>[];
  readonly costs: readonly Gathered<Costs>[] | undefined;
}
interface Asked {
  readonly market: SpecOf<typeof market>;
  readonly cost: SpecOf<typeof cost>;
  readonly span: Span;
  readonly warmup: number;
}

/** Where was looked, for how many hypotheses, and what a trade cost. */
export function searched(
  { candidates, hypotheses, trials, quality, costs }: Searched,
  asked: Asked,
): string {
  const { market, cost, span, warmup } = asked;
  const symbols = quality.map(({ at }) => at.symbol ?? '');
  const kind = market.source === 'simulator' ? 'simulated' : 'real bars';
  const events = new Set(candidates.texts('event')).size;
  return [
    `Market ${market.id} (${kind}), ${whole(symbols.length)} symbols (${symbols.join(', ')}), ${day(span.from)} to ${day(span.to - 1)} (UTC).`,
    warmedUp(span, warmup),
    `${whole(candidates.length)} hypotheses on ${whole(events)} events were written down before an outcome was read; the ${whole(trials.length)} that could be looked at, each test once, are trials.`,
    testedOf(hypotheses),
    sideSentence(cost, costs),
  ].join(' ');
}
