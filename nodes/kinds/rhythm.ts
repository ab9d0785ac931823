import { defineKind, t } from '../../engine/sdk/index.js';

/** How a walk forward is cut; written inline, so it has no folder. */
export const rhythm = defineKind({
  kind: 'rhythm',
  doc: 'Lengths of training and test windows and the step between folds.',
  folder: '',
  fields: {
    train: t.duration({ doc: 'Length of the training window.' }),
    test: t.duration({ doc: 'Length of the test window.' }),
    step: t.duration({ doc: 'From one fold to the next.' }),
    embargo: t.duration({
      default: '0d',
      doc: 'Gap between the training window and the test window.',
    }),
    purge: t.duration({
      default: '1d',
      doc: 'Cut off the end of the training window, for outcomes that end after it.',
    }),
  },
});
