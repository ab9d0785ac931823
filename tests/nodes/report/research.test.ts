import { describe, expect, it } from '@jest/globals';
import report from '../../../nodes/report/discovery.js';
import { nodeTable, runNode } from '../../kit/node.js';
import {
  bridgeOf,
  candidatesOf,
  gatesOf,
  insOf,
  params,
  pathsOf,
  placeboOf,
  promoted,
  real,
  strengths,
} from './research-kit.js';
import { marked, qualityOf, written } from './tournament-kit.js';

const candidates = candidatesOf({ count: 600, passed: 7 });
const full = {
  ...insOf(candidates),
  gates: gatesOf(candidates),
  bridge: bridgeOf(7),
  promoted,
  strengths,
  paths: pathsOf(),
  calibration: placeboOf(3, 200, true),
  ledger: candidatesOf({ count: 900, passed: 0 }),
};
const none = insOf(candidatesOf({ count: 400, passed: 0 }));
const unbridged = insOf(candidatesOf({ count: 600, passed: 4, bare: true }));

async function told(ins: object, more: object = {}) {
  const { outs } = await runNode(report, { ...ins }, { ...params, ...more });
  return { page: written(outs, 'page'), text: written(outs, 'text').replaceAll('\\', '') };
}

/** The page of everything, made once. */
const whole = told(full);

describe('report.discovery', () => {
  nodeTable(report, {
    gives: [
      {
        name: 'a page and a text',
        in: full,
        params: { ...params, title: 'T', fdr: 0.1, made: 'other rows' },
        out: {},
      },
    ],
  });

  it.each([
    ['what survived', 'Of 600 hypotheses 516 could be tested, and 7 survived'],
    ['what held and what became of it', 'of these 5 held out of sample and 1 became a blueprint'],
    ['what the placebo says', 'Placebo, on markets without effects: At q ≤ 0.05, 1.5% of 200'],
    ['the funnel', 'in the grid 600; after not_tested 516; after multiplicity 7;'],
    ['gates', '| multiplicity | 509 | 593 | 7 | The p-value survives'],
    [
      'a card',
      '**ALPHA · continuation (with it) · pooled · 5 min** (drawn on the page): In sample: 60',
    ],
    ['mean and error', 'mean 20.0 ± 7.8 bp after costs; shrunk to 10.0 bp (own share 50%)'],
    ['the ladder', 'after costs of 0.5× 23.5, 1× 17.0, 1.5× 10.5, 2× 4.0 bp'],
    ['PSR and DSR', 'Promotion: PSR 0.9700; DSR 0.8100.'],
    ['why one was refused', 'PSR 0.6000; DSR 0.1000; refused: psr, dsr'],
    ['the volcano', 'Dashed: p = 7.0e-7, the largest with q ≤ 0.05'],
    ['intervals', '5 min 20.0 ± 7.8 bp, 15 min 22.0'],
    ['values beside thresholds', '| Hypothesis | Gate | Value | Threshold | Net, bp | q |'],
    ['one test under two names', 'tried once: drift as continuation'],
    ['a twin', '| no: duplicate, the same as ALPHA · continuation (with it) · pooled · 5 min |'],
    ['strengths', '| event | adaptive 2 | 2 | 40 | 220 | 400 | 55% |'],
    ['trials of this pipeline', '| this pipeline | 600 | 100 | 2 |'],
    ['trials of all', '| ever tried here | 900 | 150 | 2 |'],
    [
      'what was not tried',
      'templates convergence (1); holding times 2 h (1); states DARK_STATE (1)',
    ],
    ['what E1 refused', '| DELTA | clustered: 0.4 &gt; 0.2 |'],
  ])('tells %s', async (_name, words) => expect((await whole).text).toContain(words));

  it('every table and plot names the digest of its data, in both forms', async () => {
    const { page, text } = await whole;
    const digests = (form: string) =>
      [...form.matchAll(/dag why ([0-9a-f]{16})/g)].map(([, digest]) => digest);
    expect(digests(page).length).toBeGreaterThan(page.match(/<figure>/g)?.length ?? 0);
    expect(digests(text)).toEqual(digests(page));
    const ports = new Set([...text.matchAll(/_from (\w+):_/g)].map(([, port]) => port));
    const made = ['bridge', 'calibration', 'candidates', 'gates', 'ledger', 'paths', 'promoted'];
    for (const port of [...made, 'strengths', 'trials', 'untried']) expect(ports).toContain(port);
  });

  it.each([
    ['everything', full],
    ['no survivor', none],
    ['no bridge, and columns of today alone', unbridged],
    ['no candidate', { ...insOf(candidatesOf({ count: 0, passed: 0 })), bridge: bridgeOf(0) }],
  ])('shows no hole in words: %s', async (_name, ins) => {
    const { page, text } = await told(ins);
    for (const form of [page, text]) expect(form).not.toMatch(/NaN|undefined|\[object|Infinity/);
  });

  it('tells of nothing as of a result', async () => {
    const { text } = await told(none);
    expect(text).toContain('none survived the correction and the gates (least q 0.31');
    expect(text).toContain('That is the result, not a failure. There is nothing to believe.');
    expect(text).toContain('of what came nearest; nothing survived');
    expect(text).toContain('No q is ≤ 0.05. Dashed: p = 0.0001, which is 0.05 over the 343 tested');
    expect(text).toContain('No placebo was run');
    expect(text).toContain('No bridge was run');
  });

  it('invents no column that is not there', async () => {
    const { page, text } = await told(unbridged);
    expect(text).toContain('The candidates tell no standard error, so there are no intervals.');
    expect(text).toMatch(
      /In sample: 60 occurrences on 30 days; mean 20\.0 bp after costs; p [^;]*; q [^;]*\. Out/,
    );
    expect(text).not.toContain('shrunk to');
    expect(page).toContain('>no bridge was run</text>');
    expect(page).toContain('>no path is known</text>');
    expect(text).toContain('| Hypothesis | Failed | Occurrences |');
  });

  it('says of a simulated market that it is one, and that no belief is due', async () => {
    const { text } = await told(full, { market: { ...real, source: 'simulator' } });
    expect(text).toContain('> Simulated: market venue is made by the built-in simulator');
    expect(text).toContain('Believable: of the simulator only');
    expect((await whole).text).not.toContain('simulat');
  });

  it('20 000 hypotheses are a page of less than 1 MB, and it says how many dots it drew', async () => {
    const many = candidatesOf({ count: 20_000, passed: 40 });
    const { page, text } = await told({ ...insOf(many), bridge: bridgeOf(40), paths: pathsOf() });
    expect(page.length).toBeLessThan(1_000_000);
    expect(text).toMatch(/17.1\d\d tested hypotheses, 40 passed;.* Drawn: \d+.\d+ dots/);
    expect(text).toContain('The 16 others that passed every gate');
  });

  it('is the same twice', async () => expect(await told(full)).toEqual(await whole));

  it('no text of the data can become a mark', async () => {
    const evil = `'"><img src=x onerror=alert(1)></svg><script>/*|\n# `;
    const ins = Object(marked(full, evil));
    const { page } = await told({ ...ins, quality: [qualityOf('S0', 3)] }, { title: evil });
    expect(page).toContain('&lt;img src=x');
    const tags = new Set([...page.matchAll(/<\/?([a-z0-9!]+)/gi)].map(([, name]) => name));
    expect(
      [...tags].filter((name) => ['img', 'script', 'a', 'iframe'].includes(name ?? '')),
    ).toEqual([]);
    expect(page).not.toMatch(/https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
  });
});
