import { TestProject } from '../kit/project.js';
import { peakOf, type Row, seconds } from './measure.js';

const GIB = 1024 ** 3;

/** The main job on the built-in market, from an empty lake and again, against the start of the process. */
export default async function bench(): Promise<readonly Row[]> {
  const project = new TestProject(['nodes', 'spec', 'dags']);
  project.build();
  try {
    let peak = 0;
    const run = async () => {
      peak = Math.max(peak, await peakOf(project, 'run', 'dags/tournament.yaml'));
    };
    const start = await seconds(5, () => project.dag('--version'));
    const cold = await seconds(1, run);
    const warm = await seconds(5, () => project.dag('run', 'dags/tournament.yaml'));
    const recheck = await seconds(3, () => project.dag('run', 'dags/tournament.yaml', '--recheck'));
    const against = (value: number) => ({ baseline: 'start of the process', ratio: value / start });
    return [
      {
        what: 'tournament: cold run',
        value: cold,
        unit: 's',
        ...against(cold),
        budget: '90 s',
        met: cold <= 90,
      },
      {
        what: 'tournament: warm run',
        value: warm,
        unit: 's',
        ...against(warm),
        budget: '1 s',
        met: warm <= 1,
      },
      {
        what: 'tournament: warm run that looks everything up',
        value: recheck,
        unit: 's',
        ...against(recheck),
      },
      {
        what: 'tournament: peak memory',
        value: peak / GIB,
        unit: 'GiB',
        budget: '2 GiB',
        met: peak <= 2 * GIB,
      },
    ];
  } finally {
    project.remove();
  }
}
