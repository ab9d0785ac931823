import type { Frame, Gathered, JsonObject, Span, SpecOf } from '../../../engine/sdk/index.js';
import type { Calibration } from '../../kinds/calibration.js';
import type { cost } from '../../kinds/cost.js';
import type { Costs } from '../../kinds/costs.js';
import type { market } from '../../kinds/market.js';
import type { Power } from '../../kinds/power.js';
import type { Untried } from '../../kinds/untried.js';
import type { EventVerdict } from '../../kinds/verdict.js';
import type { Document, Origin } from '../page/document.js';
import { researchAssumptions } from './assumptions.js';
import { type Afterwards, researchLead } from './believable.js';
import { bridgeSection } from './bridge.js';
import { chargedBlocks } from './charged.js';
import { dataSection, lackingWarning } from './data.js';
import { hypothesesIn } from './found.js';
import { funnelBlocks } from './funnel.js';
import { horizonPlot } from './horizons.js';
import { misses } from './misses.js';
import { placeboSections, powerSummary } from './null.js';
import { plantedSection, plantedWarning } from './planted.js';
import { promotionSection } from './promotion.js';
import { rankPlot } from './ranks.js';
import { type Row, textIn } from './read.js';
import { registrySection } from './registry.js';
import { searched } from './searched.js';
import { strengthSection } from './strengths.js';
import { survivorSection } from './survivors.js';
import { triedSection } from './tried.js';
import { volcano } from './volcano.js';

interface Ins {
  readonly candidates: Frame;
  readonly gates: Frame | undefined;
  readonly strengths: Frame | undefined;
  readonly bridge: Frame | undefined;
  readonly promoted: Frame | undefined;
  readonly trials: Frame;
  readonly ledger: Frame | undefined;
  readonly calibration: Calibration | undefined;
  readonly untried: readonly Untried[];
  readonly costs: readonly Gathered<Costs>[] | undefined;
  readonly events: Frame;
  readonly tallies: Many;
  readonly quality: Many;
  readonly verdicts: readonly EventVerdict[] | undefined;
  readonly paths: Frame | undefined;
  readonly traded: Frame | undefined;
  readonly power: readonly Power[] | undefined;
  readonly overlap: Frame | undefined;
}
type OriginOf = (port: string) => Origin;
type Many = readonly Gathered<JsonObject>[];
interface Params {
  readonly title: string;
  readonly market: SpecOf<typeof market>;
  readonly cost: SpecOf<typeof cost>;
  readonly span: Span;
  readonly warmup: number;
  readonly fdr: number;
  readonly made: string;
}

/** The page of research, before it has a form. */
export function researchDocument(ins: Ins, params: Params, origin: OriginOf): Document {
  const { title, market, cost, warmup, fdr, made } = params;
  const { candidates, gates, strengths, bridge, promoted, calibration, tallies } = ins;
  const { spacing } = market;
  const hypotheses = hypothesesIn(candidates);
  const windows = [{ at: {}, value: candidates }];
  const after = afterwards(bridge, promoted);
  const measure = { fdr, spacing };
  const from = origin('candidates');
  const later = { bridge: byId(bridge), promoted: byId(promoted) };
  const tests = hypotheses.filter(({ p }) => p !== null).length;
  const simulated = market.source === 'simulator';
  return {
    title,
    warnings: [...plantedWarning(market, windows), ...lackingWarning(tallies)],
    lead: [
      ...researchLead({ ...after, hypotheses, simulated, fdr, calibration, made }),
      ...powerSummary(ins.power),
      searched({ ...ins, hypotheses }, params),
    ],
    sections: [
      ...plantedSection(market, cost, windows, origin),
      { title: 'From hypotheses to finds', blocks: funnelBlocks(hypotheses, after, origin) },
      survivorSection(
        { hypotheses, paths: ins.paths, traded: ins.traded, spacing, ...later },
        origin,
      ),
      {
        title: 'Effect and evidence',
        blocks: [
          volcano(hypotheses, measure, from),
          ...rankPlot(hypotheses, { ...measure, calibration }, origin),
          ...horizonPlot(hypotheses, spacing, from),
          misses(hypotheses, gates, spacing, origin),
        ],
      },
      ...placeboSections({ calibration, power: ins.power, fdr, tests, cost }, origin),
      bridgeSection(bridge, hypotheses, spacing, origin),
      promotionSection({ promoted, hypotheses, spacing }, origin),
      strengthSection(strengths, origin),
      triedSection({ ...ins, hypotheses, spacing }, origin),
      dataSection({ quality: ins.quality, tallies, events: ins.events, warmup }, origin),
      registrySection(ins, origin, 'training'),
      researchAssumptions(market, cost, chargedBlocks(cost, ins.costs, origin)),
    ],
  };
}

function afterwards(bridge: Frame | undefined, promoted: Frame | undefined): Afterwards {
  const held = (frame: Frame | undefined, column: string) =>
    frame?.flags(column).filter((flag) => flag === 1).length ?? null;
  return { tradable: held(bridge, 'tradable'), promoted: held(promoted, 'passed') };
}

/** Rows by the hypothesis they are of. */
function byId(frame: Frame | undefined): ReadonlyMap<string, Row> | undefined {
  return frame && new Map([...frame.rows()].map((row) => [textIn(row, 'id'), row]));
}
