import { TestProject } from '../kit/project.js';
import { type Row, seconds } from './measure.js';

/*
 * 1. Ten symbols and a year of the built-in market up to features and context, which then lie in the store.
 * 2. All registries and their merge from there, on two threads; then nothing; then one event edited, three times.
 * 3. The same with one more day behind the year, from its raw bars on: what an append costs today.
 * A run's time is told with the start of the process and the check that everything before is fresh: what a person waits for. The
 * budget of all registries is one from decoded features: that run by its own clock, less what each thread spent on reading.
 */

const DAG = 'dags/registries.yaml';
const EVENT = 'spec/events/VOLATILITY_TRANSITION/VOL_SPIKE.yaml';
const SYMBOLS = 'BTC ETH SOL XRP DOGE ADA AVAX LINK BNB LTC'.split(' ').map((s) => `${s}USDT`);
const YEAR = 'span={ from: 2024-01-01, to: 2024-12-30 }';
const THREADS = 2;
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
      const how = ['--threads', String(THREADS), '--json'];
      const { code, out, err } = await project.dag('run', dag, ...how, ...sets);
      if (code !== 0) throw new Error(`${dag} failed:\n${out}\n${err}`);
      return computed(out);
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
    let decoded = Number.NaN;
    const all = await seconds(1, async () => {
      decoded = await run(DAG);
    });
    const warm = await seconds(3, () => run(DAG));
    const floors = [2, 2.1, 2.2, 2.3];
    const edited = await seconds(3, () => {
      const floor = floors.shift();
      project.edit(EVENT, `default: ${floor},`, `default: ${floors[0]},`);
      return run(DAG);
    });
    await run('dags/before.yaml', DAY_MORE);
    const appended = await seconds(1, () => run(DAG, DAY_MORE));
    return [
      row('57 registries, ten symbol-years, from decoded features', decoded, 8),
      row('the same from the command on', all),
      row('nothing has changed', warm),
      row('one event edited', edited, 1.5),
      row('one more day, registries alone', appended),
    ];
  } finally {
    project.remove();
  }
}

/** Seconds of a run, from its events, without what a thread spent on reading. */
function computed(events: string): number {
  const last = events.trimEnd().split('\n').at(-1) ?? '';
  const { summary }: RunEnded = JSON.parse(last);
  return (summary.elapsed - summary.timings.read / THREADS) / 1000;
}

interface RunEnded {
  readonly summary: { readonly elapsed: number; readonly timings: { readonly read: number } };
}
