import { describe } from '@jest/globals';
import { refusals } from './refusing.js';

/*
 * Results that are judged must not be chosen by what came of them: not dropped, not replaced, not by way of another part of the
 * chain. What was known before their rows may choose.
 */

const bench =
  'bench: { foreach: fold, use: simulation.benchmark, in: { bars: bars.test }, with: { cost: free, fold: $fold } }\n';
const matrix = (returns: string) =>
  `matrix: { use: tournament.matrix, in: { returns: ${returns}, benchmark: bench.returns, trials: discovery.trials }, with: { market: demo, draws: 10, seed: 1 } }\n`;
const kept = (when: string, more = '') =>
  `kept: { foreach: fold, use: clean.outliers, in: { frame: lived.returns }, with: { column: net }, when: ${when}${more} }\n`;
const WEIGHED =
  'in: { bars: bars.test, decisions: decided.test, atoms: selection.atoms, weights: weights.weights }';
const TRAINED =
  'found.train → discovery/quality.verdicts → discovery/grid.hypotheses → discovery/tests.tests → discovery/shrunk.effects → discovery/found.candidates → atoms.atoms → selection/factors.factors → selection/scores.scores → selection/winners.winners → selection/chosen.atoms → weights.weights → lived.returns → kept.frame → matrix';

describe('results that are judged', () => {
  refusals([
    { name: 'all of them (right)', stages: bench + matrix('lived.returns') },
    {
      name: 'only the folds that went well',
      stages: bench + kept('mean(frame.net) > 0') + matrix('kept.frame'),
      refuses: [`known/chosen: ${TRAINED}`],
    },
    {
      name: 'the better of two',
      stages:
        bench +
        'other: { foreach: fold, use: clean.outliers, in: { frame: bench.returns }, with: { column: net } }\n' +
        kept('mean(frame.net) > 0', ', else: other') +
        matrix('kept.frame'),
      refuses: [`known/chosen: ${TRAINED}`],
    },
    {
      name: 'the folds whose training gave weights (right)',
      edits: [[WEIGHED, `${WEIGHED}\n    when: rows(weights) > 0`]],
      stages: bench + matrix('lived.returns'),
    },
    {
      name: 'a chain of two, the first of which looked',
      stages:
        bench +
        kept('mean(frame.net) > 0') +
        'again: { foreach: fold, use: clean.outliers, in: { frame: kept.frame }, with: { column: net } }\n' +
        matrix('again.frame'),
      refuses: [`known/chosen: ${TRAINED.replace('→ matrix', '→ again.frame → matrix')}`],
    },
    {
      name: 'the folds that a parameter names (right)',
      stages: bench + kept("$fold != '1'") + matrix('kept.frame'),
    },
  ]);
});
