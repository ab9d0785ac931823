import { describe, expect, it } from '@jest/globals';
import { HYPOTHESIS } from '../../../nodes/report/page/document.js';
import { htmlOf } from '../../../nodes/report/page/html.js';
import { bridgeSection } from '../../../nodes/report/sections/bridge.js';
import { hypothesesIn } from '../../../nodes/report/sections/found.js';
import { promotionSection } from '../../../nodes/report/sections/promotion.js';
import { FIVE } from '../../kit/research.js';
import { bridgeOf, candidatesOf, promoted } from './research-kit.js';

/* Tables of long names: what decides stands beside the name, and the name gives way. */

const hypotheses = hypothesesIn(candidatesOf({ count: 7, passed: 7 }));
const origin = (port: string) => ({ port, digest: 'd' });
const sections = [
  bridgeSection(bridgeOf(4), hypotheses, FIVE, origin),
  promotionSection({ promoted, hypotheses, spacing: FIVE }, origin),
];
const tables = sections.flatMap(({ blocks }) =>
  blocks.flatMap((block) => (block.kind === 'table' ? [block] : [])),
);

describe('tables of long names', () => {
  it('say why first, then what promotion turns on', () => {
    const [bridge, held, fell] = tables.map((table) => table.columns.map(({ name }) => name));
    expect(bridge?.slice(0, 2)).toEqual(['Hypothesis', 'Tradable, or why not']);
    expect(held?.slice(0, 3)).toEqual(['Hypothesis', 'DSR', 'PSR']);
    expect(fell?.slice(0, 4)).toEqual(['Hypothesis', 'Why', 'DSR', 'PSR']);
    expect(tables[0]?.rows.map(([, verdict]) => verdict)).toEqual([
      'yes',
      expect.stringMatching(/^no: duplicate, the same as ALPHA/),
      'yes',
      'no: after, edge_cost',
    ]);
  });

  it('break their names, never within how long they last', () => {
    const page = htmlOf({ title: 'x', warnings: [], lead: [], sections });
    for (const { columns } of tables) expect(columns[0]).toBe(HYPOTHESIS);
    expect(page).toContain('<th class="long">Hypothesis</th>');
    expect(page).toMatch(/<td class="long">[^<]*ALPHA · continuation[^<]* · 5\u00a0min<\/td>/);
    expect(page).toMatch(/td\.long\{white-space:normal/);
  });

  it('tell each rung of the ladder once', () => {
    const names = tables[0]?.columns.map(({ name }) => name) ?? [];
    expect(names).toEqual(expect.arrayContaining(['After', '0.5×', '1.5×', '2×']));
    expect(names).not.toContain('1×');
    for (const { columns, rows } of tables)
      for (const row of rows) expect(row).toHaveLength(columns.length);
  });
});
