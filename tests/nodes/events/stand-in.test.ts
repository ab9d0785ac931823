import { describe, expect, it } from '@jest/globals';
import registry from '../../../nodes/events/registry.js';
import { event } from '../../../nodes/kinds/event.js';
import { clock, frame } from '../../kit/frame.js';
import { runNode } from '../../kit/node.js';
import { frameAt } from '../../kit/real.js';
import { installFormulas, specsOf, written } from '../../kit/specs.js';
import { BOUNDS as quality } from './bounds.js';

installFormulas();

const FIVE = 300_000;
const START = Date.UTC(2024, 0, 1, 11, 50);
const [news] = specsOf(event, 'SCHEDULED_NEWS_WINDOW_EVENT');
/** Ten bars from 11:50; the sixth closes at 12:20, the eighth at 12:30. */
const bars = (columns: Readonly<Record<string, readonly number[]>>) => {
  const ts = clock(10, FIVE, START);
  const own = { close: ts.map(() => 100), ret_12: ts.map(() => 0.01) };
  return [{ at: { symbol: 'AAA' }, value: frame({ ts, ...own, ...columns }) }];
};
const far = new Array<number>(10).fill(1000);
const known = bars({ news_ago: far.with(8, 0) });
const unknown = bars({});

/** What a registry gives, in short. */
async function told(spec: unknown, features: unknown) {
  const { outs } = await runNode(registry, { features }, { event: spec });
  const events = frameAt(outs, 'events');
  const at = Array.from(events.time('ts'), (ts) => (ts - START) / FIVE);
  return { at, ids: events.texts('id'), proxy: [...events.flags('proxy')], tally: outs.tally };
}

describe('what stands in for a rule', () => {
  it('is left alone where the data of the rule are there', async () => {
    const { at, proxy, tally } = await told(news, known);
    expect({ at, proxy }).toEqual({ at: [8], proxy: [0] });
    expect(tally).toMatchObject({ available: true, proxy: false, needs: [] });
  });

  it('fires where they are not, and every row and the tally say so', async () => {
    const { at, proxy, tally } = await told(news, unknown);
    expect({ at, proxy }).toEqual({ at: [7], proxy: [1] });
    expect(tally).toMatchObject({ available: true, proxy: true, needs: [] });
  });

  it('is another rule: what it tells has other ids', async () => {
    const same = bars({ news_ago: far.with(7, 0) });
    const [rule, other] = [await told(news, same), await told(news, unknown)];
    expect(rule.at).toEqual(other.at);
    expect(rule.ids).not.toEqual(other.ids);
  });

  it('is what moved thresholds are tried on', async () => {
    const spec = made('fires: news_ago < $most\nstand_in: x > $most');
    const features = bars({ x: [0, 0, 0, 0, 0, 0, 5.2, 0, 0, 0] });
    const { outs } = await runNode(registry, { features }, { event: spec, quality });
    const moved = frameAt(outs, 'nudged');
    expect([...moved.column('value')]).toEqual([5.5]);
    expect([...moved.column('change')]).toEqual([-1]);
  });

  it.each([
    ['a wrong rule', 'fires: ret_12 + 1\nstand_in: minute > $most', unknown],
    ['what is wrong itself', 'fires: news_ago < $most\nstand_in: ret_12 + 1', known],
  ])('does not hide %s', async (_, rule, features) => {
    await expect(told(made(rule), features)).rejects.toThrow('events/unsound');
  });
});

function made(rule: string) {
  const fields = `family: TEST
needs: [news, perp_ohlcv_5m]
params: { most: { default: 5, min: 0, max: 60 } }
cooldown: 1b
side: 0
severity: 1
templates: [continuation]
horizons: [5m]
${rule}`;
  return written(event, 'MADE', fields)[0];
}
