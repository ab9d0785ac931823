import { TestProject } from '../kit/project.js';
import { type Row, seconds } from './measure.js';

/*
 * 1. Ten symbols and a year of the built-in market up to features and context, which then lie in the store.
 * 2. All registries and their merge from there, on two threads; then one event edited, then nothing.
 * 3. The same with one more day behind the year, from its raw bars on: what an append costs today.
 * A run's time is told with the start of the process and the check that everything before is fresh: what a person waits for.
 */

const DAG = 'dags/registries.yaml';
const EVENT = 'spec/events/VOLATILITY_TRANSITION/VOL_SPIKE.yaml';
const SYMBOLS = 'BTC ETH SOL XRP DOGE ADA AVAX LINK BNB LTC'.split(' ').map((s) => `${s}USDT`);
const YEAR = 'span={ from: 2024-01-01, to: 2024-12-30 }';
const DAY_MORE = 'span={ from: 2024-01-01, to: 2024-12-31 }';

/** Registries of all events over ten symbol-years, against the start of the process. */
export default async function bench(): Promise<readonly Row[]> {
  const project = new TestProject(['nodes', 'spec', 'dags']);
  try {
    const text = project.read('dags/pit.yaml');
    const body = text
      .replace(/^dag: pit$/m, 'dag: registries')
      .replace(/^ {2}decisions:[\s\S]*$/m, '');
    project.write({
      [DAG]: body,
      'dags/before.yaml': body
        .replace('dag: registries', 'dag: before')
        .replace(/^ {2}registry:[\s\S]*$/m, ''),
    });
    project.build();
    const run = async (dag: string, span = YEAR) => {
      const sets = [`symbols=${SYMBOLS.join()}`, span].flatMap((set) => ['--set', set]);
      const { code, out, err } = await project.dag('run', dag, '--threads', '2', ...sets);
      if (code !== 0) throw new Error(`${dag} failed:\n${out}\n${err}`);
    };
    const start = await seconds(3, () => project.dag('--version'));
    const against = (value: number) => ({
      unit: 's',
      baseline: 'start of the process',
      ratio: value / start,
    });
    const row = (what: string, value: number, most?: number): Row => ({
      what,
      value,
      ...against(value),
      ...(most === undefined ? {} : { budget: `${most} s`, met: value <= most }),
    });
    await run('dags/before.yaml');
    const all = await seconds(1, () => run(DAG));
    const warm = await seconds(3, () => run(DAG));
    project.edit(EVENT, 'default: 2,', 'default: 2.1,');
    const edited = await seconds(1, () => run(DAG));
    await run('dags/before.yaml', DAY_MORE);
    const appended = await seconds(1, () => run(DAG, DAY_MORE));
    return [
      row('57 registries, ten symbol-years', all, 8),
      row('nothing has changed', warm),
      row('one event edited', edited, 1.5),
      row('one more day, registries alone', appended),
    ];
  } finally {
    project.remove();
  }
}
