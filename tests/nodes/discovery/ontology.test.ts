import { describe, expect, it } from '@jest/globals';
import { checkOntology } from '../../../nodes/discovery/rules/checked.js';
import {
  isUnknown,
  ontologyHash,
  ontologyOf,
  type Parts,
  partsOf,
} from '../../../nodes/discovery/rules/ontology.js';
import type { Blueprint } from '../../../nodes/kinds/blueprint-lines.js';
import { continuation, eventSpec, formula } from '../../kit/research.js';

const feature = (text: string) => ({ id: 'ret_1', doc: '', expr: formula(text), let: {} });
const calm = {
  ...{ id: 'CALM', family: 'TEST', source: 'E', scope: 'source_only', min_events: 200 },
  ...{ needs: ['perp_ohlcv_5m'], templates: ['continuation'] },
  ...{ rule: formula('abs(ret_1) < 1'), let: {} },
};
const today = {
  events: [eventSpec('E')],
  features: [feature('close / lag(close, 1) - 1')],
  templates: [continuation],
  states: [calm],
};
type Changed = Partial<Record<keyof typeof today, unknown>>;
/** Specs as far as these rules look at them. */
const specs = (changed: Changed) => ontologyOf(Object.assign({}, today, changed) as never);

interface Named {
  readonly event: string;
  readonly template: string;
  readonly state: string | null;
}
function told(named: Named, changed: Changed): Parts {
  const parts = partsOf(named, specs(changed));
  if (isUnknown(parts)) throw new Error(`no ${parts.kind} ${parts.id}`);
  return parts;
}

/** A line about E in CALM as it was written under the specs above, as far as the check reads it. */
function line(): Blueprint {
  const parts = told({ event: 'E', template: 'continuation', state: 'CALM' }, {});
  return {
    ...{ id: 'bp', event_type: 'E', candidate_id: 'a', direction: 'conditional' },
    entry: { side: { times: 1 } },
    lineage: {
      ...{ ontology_spec_hash: ontologyHash(parts), ontology_parts: parts },
      ...{ state_id: 'CALM', template_verb: 'continuation' },
    },
  };
}
const check = (changed: Changed) => checkOntology(line(), specs(changed));

describe('the ontology hash', () => {
  it('holds while the rules are the same, whatever is said about them', () => {
    expect(check({})).toBeUndefined();
    expect(check({ features: [{ ...today.features[0], doc: 'Other words.' }] })).toBeUndefined();
  });
  it.each([
    ['the event', { events: [eventSpec('E', { cooldown: '7b' })] }, ['event E']],
    [
      'what stands in for it',
      { events: [eventSpec('E', { stand_in: formula('hour == 12') })] },
      ['event E'],
    ],
    [
      'a feature below it',
      { features: [feature('close / lag(close, 2) - 1')] },
      ['event E', 'state CALM'],
    ],
    [
      'the template',
      { templates: [{ ...continuation, direction: -1 }] },
      ['template continuation'],
    ],
    ['the state', { states: [{ ...calm, rule: formula('abs(ret_1) < 2') }] }, ['state CALM']],
  ])('tells another rule of %s', (_, changed, names) => {
    const found = check(changed);
    expect(found?.changed).toEqual(names);
    expect(found?.found).toMatch(/^sha256:/);
    expect(found?.found).not.toBe(found?.written);
  });
  it('tells another severity of an event where the state reads it', () => {
    const named = { event: 'F', template: 'continuation', state: 'CALM' };
    const under = (rule: string, severity: string) => {
      const events = [eventSpec('E', { severity: formula(severity) }), eventSpec('F')];
      const states = [{ ...calm, rule: formula(rule) }];
      return ontologyHash(told(named, { events, states }));
    };
    expect(under('E.severity > 2', '1')).not.toBe(under('E.severity > 2', '2'));
    expect(under('E', '1')).toBe(under('E', '2'));
  });
  it('tells another clause of the template, by whatever name it goes', () => {
    const named = { event: 'E', template: 'continuation', state: null };
    const under = (text: string) => {
      const clauses = { let: { source: formula(text) }, when: formula('source') };
      return ontologyHash(told(named, { templates: [{ ...continuation, ...clauses }] }));
    };
    expect(under('close > 1')).not.toBe(under('close > 2'));
  });
  it('tells a rule that is gone', () => {
    expect(check({ states: [] })).toMatchObject({
      found: 'no state CALM',
      changed: ['state CALM'],
    });
  });
  it('tells a digest that is not that of its parts', () => {
    const { lineage, ...rest } = line();
    const other = { ...rest, lineage: { ...lineage, ontology_spec_hash: 'sha256:0' } };
    expect(checkOntology(other, specs({}))).toMatchObject({ written: 'sha256:0', changed: [] });
  });
});
