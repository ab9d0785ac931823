import { sha256 } from '../../../engine/sdk/index.js';
import type { Traded } from '../../math/traded.js';
import type { Hypothesis } from '../rows/hypotheses.js';

/**
 * Tells hypotheses that are one test under several names: a state that the event itself switches on, a filter that leaves nothing
 * out, the only symbol that has an event. They trade the same bars, so their p-values are one; counted as several, a true effect
 * would lend its rank to whatever stands beside it.
 */
export class Distinct {
  readonly #ids = new Map<string, string>();

  /**
   * The id of an earlier hypothesis that is the same test; undefined for the first.
   * @param found  its trades
   * @param all    those of its base, which filters are compared with
   */
  before(hypothesis: Hypothesis, found: Traded, all: Traded): string | undefined {
    const { id, judged, family, outcome, lag, hold, fills, filters } = hypothesis;
    const how = [judged, family, outcome, lag, hold, fills, filters].join('\n');
    const key = [how, ...[found, ...(filters ? [all] : [])].flatMap(bytesOf)].join('\n');
    const first = this.#ids.get(key);
    if (first === undefined) this.#ids.set(key, id);
    return first;
  }
}

/** In this order hypotheses are looked at: of those that are one test the plainest gives it its name. */
export function plainestFirst(a: Hypothesis, b: Hypothesis): number {
  const [mine, others] = [a, b].map(({ symbol, state, template, id }) => [
    state === undefined ? '' : state,
    symbol === undefined ? '' : symbol,
    template,
    id,
  ]);
  const at = mine?.findIndex((part, i) => part !== others?.[i]) ?? -1;
  return at < 0 ? 0 : (mine?.[at] ?? '') < (others?.[at] ?? '') ? -1 : 1;
}

function bytesOf({ gross, days }: Traded): readonly string[] {
  return [gross, days].map(({ buffer, byteOffset, byteLength }) =>
    sha256(new Uint8Array(buffer, byteOffset, byteLength)),
  );
}
