import { defineNode } from '../../engine/sdk/index.js';
import { atoms, returns, winners } from '../ports.js';

export default defineNode({
  type: 'selection.synthesise',
  doc: 'The winners as strategies: their definitions and their streams, each signed so that it is held long.',
  time: 'fit',

  in: { winners, atoms, returns },
  out: { atoms, returns },
  params: {},
  errors: { 'selection/lost-atom': 'Winner {atom} is not among the atoms.' },

  run({ winners, atoms, returns }, _, ctx) {
    const chosen = new Set(winners.texts('atom'));
    const known = new Set(atoms.texts('id'));
    for (const atom of chosen) if (!known.has(atom)) ctx.refuse('selection/lost-atom', { atom });
    const rowsOf = (names: readonly (string | null)[]) =>
      names.flatMap((name, row) => (chosen.has(name) ? [row] : []));
    return {
      atoms: atoms.take(rowsOf(atoms.texts('id'))),
      returns: returns.take(rowsOf(returns.texts('atom'))),
    };
  },
});
