import { port } from '../engine/sdk/index.js';
import type { Calibration } from './kinds/calibration.js';
import type { Costs } from './kinds/costs.js';
import type { FoldSummary } from './kinds/fold-summary.js';
import { type Power, powerSchema } from './kinds/power.js';
import type { Untried } from './kinds/untried.js';
import type { EventVerdict } from './kinds/verdict.js';

/** Names of the field's tables at the doors of nodes; what each holds stands in `spec/contracts/`. */

/** Bars of one symbol as a source gives them. */
export const rawBars = port.frame('Bars as the source gives them.', { contract: 'raw_bars' });

/** Clean bars of one symbol on a full grid. */
export const bars = port.frame('Clean bars on a full grid.', { contract: 'bars', rowwise: true });

/** Funding prints as a source gives them. */
export const rawFunding = port.frame('Funding prints as reported.', { contract: 'raw_funding' });

/** Funding prints of one symbol. */
export const funding = port.frame('Funding prints.', { contract: 'funding', rowwise: true });

/** Bars of the same symbol on the spot market, as a source gives them. */
export const rawSpot = port.frame('Bars of spot as the source gives them.', {
  contract: 'raw_bars',
});

/** Open interest and long/short ratios as a source reports them. */
export const rawOpenInterest = port.frame('Open interest as reported.', {
  contract: 'raw_open_interest',
});

/** Open interest and long/short ratios of one symbol. */
export const openInterest = port.frame('Open interest, a row a reading.', {
  contract: 'open_interest',
  rowwise: true,
});

/** Forced orders as a source reports them. */
export const rawLiquidations = port.frame('Forced orders as reported.', {
  contract: 'raw_liquidations',
});

/** Forced orders of one symbol by bar. */
export const liquidations = port.frame('Forced orders by bar.', {
  contract: 'liquidations',
  rowwise: true,
});

/** Best bid and ask as a source gives them. */
export const rawQuotes = port.frame('Best bid and ask as the source gives them.', {
  contract: 'raw_quotes',
});

/** Top of book of one symbol by bar. */
export const topOfBook = port.frame('Top of book by bar.', { contract: 'tob', rowwise: true });

/** What crossing the book costs in one symbol, as quotes of a window tell it. */
export const costs = port.json<Costs>(
  'Half the median spread and the third quartile in basis points, and from how many bars.',
);

/** Trades as a source gives them. */
export const rawTrades = port.frame('Trades as the source gives them.', { contract: 'raw_trades' });

/** Bars of mark, index or premium as a source gives them. */
export const rawMarks = port.frame(
  'Bars of a price that is not traded, as the source gives them.',
  {
    contract: 'raw_marks',
  },
);

/** Bars of mark, index or premium on a full grid. */
export const marks = port.frame('Bars of a price that is not traded.', {
  contract: 'marks',
  rowwise: true,
});

/** Perpetual over spot. */
export const basis = port.frame('Perpetual over spot at common bars.', {
  contract: 'basis',
  rowwise: true,
});

/** What is odd about bars; for masks of research, known a bar late. */
export const barFlags = port.frame('What is odd about bars.', { contract: 'bar_flags' });

/** Symbols a market ever listed. */
export const universe = port.frame('Every symbol ever listed.', { contract: 'universe' });

/** Members of a universe by month. */
export const membership = port.frame('Members by month.', { contract: 'membership' });

/** Feature columns of one symbol, its bars among them. */
export const features = port.frame('Features and bars of one symbol.', {
  contract: 'features',
  rowwise: true,
});

/** What a taker and a maker paid over time. */
export const fees = port.frame('Fee schedule.', { contract: 'fees', rowwise: true });

/** Scheduled releases. */
export const news = port.frame('Scheduled releases.', { contract: 'news', rowwise: true });

/** Columns that need several symbols, one row a symbol and bar. */
export const context = port.frame('Cross-symbol columns, a row a symbol and bar.', {
  contract: 'context',
  rowwise: true,
});

/** Occurrences of events. */
export const events = port.frame('Occurrences of events.', { contract: 'events', rowwise: true });

/** Occurrences of events with what one cut of the span makes of them. */
export const annotatedEvents = port.frame('Occurrences: part, severity bucket, inputs.', {
  contract: 'annotated_events',
});

/** Where the severity of each event is cut. */
export const severityCuts = port.frame('Where severity is cut, a row an event.', {
  contract: 'severity_cuts',
});

/** Occurrences that hang on the main threshold of their event. */
export const nudged = port.frame('Occurrences that come or go under moved thresholds.', {
  contract: 'nudged',
  rowwise: true,
});

/** Whether each event occurs, is active or was told a bar ago. */
export const eventFlags = port.frame('Three columns an event on the grid of one symbol.', {
  contract: 'event_flags',
  rowwise: true,
});

/** What the occurrences of each event are like. */
export const eventQuality = port.frame('Quality of events, a row an event, symbol and year.', {
  contract: 'event_quality',
});

/** Which events occur together. */
export const eventOverlap = port.frame('Overlap of events, a row a pair.', {
  contract: 'event_overlap',
});

/** What gate E1 says of each event. */
export const verdicts = port.json<readonly EventVerdict[]>('What gate E1 says of each event.');

/** From which bars on events could be looked for. */
export const coverage = port.frame('From which bars on an event could be looked for.', {
  contract: 'coverage',
  rowwise: true,
});

/** States of one symbol, one column each. */
export const states = port.frame('States of one symbol, a row a bar.', {
  contract: 'states',
  rowwise: true,
});

/** Outcomes after each decision bar of one symbol. */
export const targets = port.frame('Outcomes after each decision bar.', { contract: 'targets' });

/** Outcomes that a market cannot give. */
export const unavailable = port.json<Readonly<Record<string, readonly string[]>>>(
  'Outcomes that could not be computed, by the table or column they miss.',
);

/** Walk-forward folds. */
export const folds = port.frame('Walk-forward folds, one row each.', { contract: 'folds' });

/** A span in labelled parts. */
export const splits = port.frame('A span in labelled parts.', { contract: 'splits' });

/** Hypotheses tested in discovery. */
export const candidates = port.frame('Tested hypotheses.', { contract: 'candidates' });

/** Hypotheses that were looked at. */
export const trials = port.frame('Trials: hypotheses looked at.', { contract: 'trials' });

/** Hypotheses that were ever looked at in a lake. */
export const ledger = port.frame('Every hypothesis ever looked at.', { contract: 'ledger' });

/** Strategy atoms. */
export const atoms = port.frame('Strategy atoms.', { contract: 'atoms' });

/** Returns of atoms, one row a period and atom. */
export const returns = port.frame('Returns of atoms, a row a period and atom.', {
  contract: 'returns',
});

/** Cluster of each atom. */
export const clusters = port.frame('Cluster of each atom.', { contract: 'clusters' });

/** Recruited atoms. */
export const winners = port.frame('Recruited atoms.', { contract: 'winners' });

/** Target weights. */
export const weights = port.frame('Target weights, a row an asset and rebalance.', {
  contract: 'weights',
});

/** What the two-run test found of one stage. */
export const certificate = port.json('Certificate of a two-run test.');

/** What a simulation needs of the bars of one symbol. */
export const prices = port.frame('Closes on a full grid.', { contract: 'prices', rowwise: true });

/** Inputs of conviction. */
export const factors = port.frame('Factors of each atom.', { contract: 'factors' });

/** Conviction of each atom. */
export const scores = port.frame('Conviction of each atom.', { contract: 'scores' });

/** Why atoms were refused. */
export const vetoes = port.frame('Vetoes, a row an atom and reason.', { contract: 'vetoes' });

/** Daily result of a portfolio. */
export const performance = port.frame('Daily result of a portfolio.', {
  contract: 'performance',
  judged: true,
});

/** Positions that were taken. */
export const trades = port.frame('Positions of atoms, one row each.', { contract: 'trades' });

/** Positions that templates would take. */
export const decisions = port.frame('What templates make of occurrences.', {
  contract: 'decisions',
  rowwise: true,
});

/** What decisions of candidates that passed brought. */
export const outcomes = port.frame('Outcomes of decisions, a row each.', { contract: 'outcomes' });

/** What the bridge says of each candidate. */
export const bridge = port.frame('Out-of-sample verdict on each candidate.', {
  contract: 'bridge',
});

/** Who is promoted, and why the others are not. */
export const promoted = port.frame('Candidates that met the bridge, promoted or rejected.', {
  contract: 'promoted',
});

/** The grid of discovery. */
export const hypotheses = port.frame('Hypotheses to be tested.', { contract: 'hypotheses' });

/** What events name and the grid does not have. */
export const untried = port.json<readonly Untried[]>(
  'Templates, horizons and states that events could be tried with and nothing here can try, and events that failed gate E1.',
);

/** What outcomes say of hypotheses. */
export const tests = port.frame('Tests of hypotheses.', { contract: 'tests' });

/** What tests are believed to be worth. */
export const effects = port.frame('Shrunken effects, a row a test.', { contract: 'effects' });

/** How tests were pulled towards their kind. */
export const strengths = port.frame('How each test was pulled, a row a test and level.', {
  contract: 'strengths',
});

/** Corrected p-values. */
export const corrected = port.frame('Corrected p-values, a row a test.', {
  contract: 'corrected',
});

/** Every gate of every candidate. */
export const gateRows = port.frame('Gates, a row a candidate and gate.', { contract: 'gates' });

/** Out-of-sample performance of everything that was tried. */
export const matrix = port.frame('Out-of-sample performance, a row a combination.', {
  contract: 'matrix',
});

/** Stitched out-of-sample days. */
export const equity = port.frame('Stitched out-of-sample days.', { contract: 'equity' });

/** What each fold brought. */
export const foldResults = port.frame('What each fold brought.', { contract: 'fold_results' });

/** Rows in order of merit. */
export const comparison = port.frame('Rows in order of merit.', { contract: 'comparison' });

/** What happened in one fold. */
export const summary = port.json<FoldSummary>('What happened in one fold.');

/** What discovery made of markets in which there is nothing to find. */
export const calibration = port.json<Calibration>('Realised error rates with exact intervals.');

/** How often discovery finds what is there. */
export const power = port.json<readonly Power[]>(
  'Found and expected shares by size of an effect; empty where nobody measured them.',
  powerSchema,
);
