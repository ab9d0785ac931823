import outliers from '../../../nodes/clean/outliers.js';
import { frame, repeat } from '../../kit/frame.js';
import { nodeTable } from '../../kit/node.js';

const usual = repeat([1, 2, 3], 16);

nodeTable(outliers, {
  gives: [
    {
      name: 'masks the far print',
      in: { frame: frame({ close: [...usual, 100, 2] }) },
      params: { column: 'close', window: 48 },
      out: { frame: frame({ close: [...usual, Number.NaN, 2] }), masked: 1 },
    },
    {
      name: 'a wider limit lets it pass',
      in: { frame: frame({ close: [...usual, 100, 2] }) },
      params: { column: 'close', window: 48, limit: 100 },
      out: { frame: frame({ close: [...usual, 100, 2] }), masked: 0 },
    },
    {
      name: 'judges nothing before the window is full',
      in: { frame: frame({ close: [1, 2, 3, 100, 2] }) },
      params: { column: 'close' },
      out: { frame: frame({ close: [1, 2, 3, 100, 2] }), masked: 0 },
    },
  ],
  refuses: [
    {
      name: 'only holes',
      in: { frame: frame({ close: [Number.NaN, Number.NaN] }) },
      params: { column: 'close' },
      code: 'clean/no-values',
      data: { column: 'close' },
    },
  ],
});
