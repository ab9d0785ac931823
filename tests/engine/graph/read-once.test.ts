import { readFileSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Checkout } from '../../kit/checkout.js';

const EVENT = 'spec/events/VOLATILITY_TRANSITION/ODD_MOVE.yaml';
const OWN = 'spec/discovery/templates/odd_verb.yaml';
const SHIPPED = 'spec/discovery/templates/continuation.yaml';
const text = (severity: string) => `event: ODD_MOVE
family: VOLATILITY_TRANSITION
needs: [perp_ohlcv_5m]
fires: rv_z > 2
cooldown: 3b
side: 1
severity: ${severity}
templates: [odd_verb]
horizons: [60m]
`;

const template = () =>
  readFileSync(checkout.path(SHIPPED), 'utf8').replace('continuation', 'odd_verb');

let checkout: Checkout;
beforeAll(async () => {
  checkout = await Checkout.make();
});
afterAll(() => checkout.remove());

/** What a pipeline of all events is told of this one. */
async function told(): Promise<readonly string[]> {
  const { problems } = await checkout.check('dags/smoke.yaml');
  return problems.filter(({ place }) => place?.file === EVENT).map(({ code }) => code);
}

describe('a spec that was read before in this process', () => {
  it('is as it was, as long as it and what it names are', async () => {
    checkout.write(EVENT, text('rv_z'));
    expect(await told()).toEqual(['spec/unknown']);
    checkout.write(OWN, template());
    expect(await told()).toEqual([]);
    expect(await told()).toEqual([]);
    rmSync(checkout.path(OWN));
    expect(await told()).toEqual(['spec/unknown']);
  });

  it('is read again when it was edited, and again when that is taken back', async () => {
    checkout.write(OWN, template());
    for (const [severity, codes] of [
      ['rv_z', []],
      ['rv_z +', ['expr/expected']],
      ['rv_z', []],
    ] as const) {
      checkout.write(EVENT, text(severity));
      expect(await told()).toEqual(codes);
    }
  });
});
