/** Nodes for these tests: quick, with outputs of every kind, and with every way to go wrong. */
export const TOYS: Readonly<Record<string, string>> = {
  'nodes/toy/numbers.ts': `import { defineNode, Frame, port, t } from '../../engine/sdk/index.js';

export default defineNode({
  type: 'toy.numbers',
  doc: 'Two columns, a long text as json, and a file.',
  time: 'row',
  in: {},
  out: {
    frame: port.frame('Columns x and y.'),
    notes: port.json('More than stands in a record.'),
    page: port.file('Bytes.'),
    total: port.scalar('The sum of x.'),
  },
  params: {
    rows: t.integer({ default: 2000, min: 0, doc: 'How many.' }),
    times: t.integer({ default: 1, doc: 'A factor.' }),
  },
  run(_ins, { rows, times }) {
    const x = Float64Array.from({ length: rows }, (_, i) => ((i * 7919) % 1009) * times);
    const y = x.map((value) => value / 7);
    const notes = Array.from({ length: 1000 }, (_, i) => \`note \${i * times}\`);
    const page = { name: 'page.txt', bytes: new TextEncoder().encode(\`page \${times}\`) };
    return { frame: Frame.of({ x, y }), notes, page, total: x.reduce((a, b) => a + b, 0) };
  },
});
`,
  'nodes/toy/double.ts': `import { defineNode, port, t } from '../../engine/sdk/index.js';

export default defineNode({
  type: 'toy.double',
  doc: 'Doubles x and passes y through.',
  time: 'row',
  in: { frame: port.frame('x and y.') },
  out: { frame: port.frame('x and y.') },
  params: { by: t.integer({ default: 2, doc: 'The factor.' }) },
  shape: ({ frame }) => ({ frame }),
  run: ({ frame }, { by }) => ({ frame: frame.with('x', frame.column('x').map((x) => by * x)) }),
});
`,
  'nodes/toy/list.ts': `import { defineNode, Frame, port, t } from '../../engine/sdk/index.js';

export default defineNode({
  type: 'toy.list',
  doc: 'A table of ids.',
  time: 'row',
  in: {},
  out: { rows: port.frame('id and size.') },
  params: { ids: t.list(t.text(), { doc: 'The ids.' }) },
  run: (_ins, { ids }) => ({
    rows: Frame.of({ id: [...ids], size: Float64Array.from(ids, (_, i) => i + 1) }),
  }),
});
`,
  'nodes/toy/sum.ts': `import { defineNode, many, port } from '../../engine/sdk/index.js';

export default defineNode({
  type: 'toy.sum',
  doc: 'Adds up x over many items.',
  time: 'fit',
  in: { frames: many(port.frame('Frames with x.')) },
  out: { total: port.scalar('The sum.') },
  params: {},
  run: ({ frames }) => ({
    total: frames.reduce((all, { value }) => value.column('x').reduce((a, b) => a + b, all), 0),
  }),
});
`,
  'nodes/toy/relax.ts': `import { defineNode, Frame, optional, port, t } from '../../engine/sdk/index.js';

export default defineNode({
  type: 'toy.relax',
  doc: 'As many rows as the relaxation says, after those of the round before.',
  time: 'fit',
  in: { before: optional(port.frame('What the round before gave.')) },
  out: { frame: port.frame('Rows.') },
  params: { rows: t.integer({ default: 1, min: 1, doc: 'How many.' }), doc: t.text({ default: '', doc: 'Part of the key.' }) },
  run({ before }, { rows }) {
    const first = before ? [...before.column('x')] : [];
    return { frame: Frame.of({ x: Float64Array.from([...first, ...Array.from({ length: rows }, (_, i) => i)]) }) };
  },
});
`,
  'nodes/toy/faulty.ts': `import { defineNode, port, t } from '../../engine/sdk/index.js';

/** Held back from the optimiser. */
const held: Float64Array[] = [];

export default defineNode({
  type: 'toy.faulty',
  doc: 'Goes wrong as it is told.',
  time: 'row',
  in: { frame: port.frame('Anything.') },
  out: { frame: port.frame('The same.') },
  params: {
    how: t.text({ doc: 'exit, memory, spin, hang, throw, reject, slow or fine.' }),
    wait: t.integer({ default: 0, doc: 'Milliseconds of slow.' }),
  },
  async run({ frame }, { how, wait }, ctx) {
    ctx.log('begins');
    if (how === 'exit') process.exit(0);
    if (how === 'throw') throw new Error('thrown on purpose');
    if (how === 'reject') setTimeout(() => void Promise.reject(new Error('left behind')), 1);
    if (how === 'spin') for (let i = 0; ; i = (i + 1) % 7) if (i > 7) break;
    if (how === 'hang') await new Promise(() => setInterval(() => {}, 1000));
    if (how === 'stuck') await new Promise(() => {});
    if (how === 'memory') for (;;) held.push(Float64Array.from({ length: 100_000 }, Math.sqrt), Array.from({ length: 1e6 }, (_, i) => ({ i })) as never);
    if (how === 'slow' || how === 'reject') await new Promise((done) => setTimeout(done, wait));
    return { frame };
  },
});
`,
  'nodes/toy/lines.ts': `import { readFileSync } from 'node:fs';
import { defineNode, Frame, port, t } from '../../engine/sdk/index.js';

export default defineNode({
  type: 'toy.lines',
  doc: 'Numbers that stand in the files of a folder, one a line.',
  time: 'row',
  effects: ['read'],
  in: {},
  out: { frame: port.frame('One column, x.') },
  params: {
    folder: t.folder({ doc: 'Where they are.' }),
    wait: t.integer({ default: 0, doc: 'Milliseconds between reading and giving.' }),
  },
  files: ({ folder }, world) => world.list(folder, '*.txt'),
  async run(_ins, { folder, wait }, ctx) {
    const text = readFileSync(\`\${folder}/numbers.txt\`, 'utf8');
    ctx.log('has read');
    await new Promise((done) => setTimeout(done, wait));
    return { frame: Frame.of({ x: Float64Array.from(text.trim().split('\\n'), Number) }) };
  },
});
`,
};

/** A diamond with every kind of object, in which a column passes through two nodes. */
export const DIAMOND = `dag: diamond
doc: Numbers, doubled, added up.
params:
  times: 1
dimensions:
  name: [a, b]
stages:
  numbers: { use: toy.numbers, with: { times: $times } }
  doubled: { use: toy.double, in: { frame: numbers.frame } }
  more: { use: toy.double, in: { frame: doubled.frame }, with: { by: 3 } }
  total: { foreach: name, use: toy.sum, in: { frames: more.frame } }
out: { frame: more.frame, notes: numbers.notes, page: numbers.page }
`;

/** Two dozen items with tables, json and files, and some of it published. */
export const FAN = `dag: fan
doc: Some objects, and copies of them.
dimensions:
  times: [1, 2, 3, 4, 5, 6]
stages:
  numbers: { foreach: times, use: toy.numbers, with: { times: $times }, publish: { frame: lake/tables, notes: lake/notes } }
  doubled: { foreach: times, use: toy.double, in: { frame: numbers.frame } }
  more: { foreach: times, use: toy.double, in: { frame: doubled.frame }, with: { by: 3 } }
  total: { use: toy.sum, in: { frames: more.frame } }
out: { total: total.total }
`;
