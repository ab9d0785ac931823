import { describe, expect, it } from '@jest/globals';
import { type ExpandHost, Expansion } from '../../../engine/graph/expand.js';
import type { Dimension, Point } from '../../../engine/graph/graph.js';
import { compareIds, type Item, Items } from '../../../engine/graph/items.js';
import { axis, node, rowsOf, stage } from '../../kit/graph.js';

/** An expansion whose run-time points come from a table that a test fills as items "end". */
function expansion(points: Readonly<Record<string, readonly string[]>>) {
  const items = new Items();
  const done = new Set<string>();
  const created: string[] = [];
  const host: ExpandHost = {
    items,
    created: (item) => created.push(item.name),
    admits: (_dimension, binding) => [...binding.values()].every((p) => p.id !== 'dropped'),
    portPoints: (dimension, binding) => {
      const source = dimension.points.kind === 'port' ? dimension.points.source.stage : undefined;
      const constraints = new Map<Dimension, string>([...binding].map(([d, p]) => [d, p.id]));
      const item = source && items.match(source, constraints)[0];
      if (!item) return 'none';
      if (!done.has(item.name)) return { after: item };
      return (points[item.name] ?? []).map((id): Point => ({ id, value: id }));
    },
  };
  const made = new Expansion(host);
  const end = (item: Item) => {
    done.add(item.name);
    made.resume(item);
  };
  return { items, created, made, end };
}

describe('expansion', () => {
  it('multiplies independent dimensions in declared order', () => {
    const { made, created } = expansion({});
    made.start(
      stage('cell', node('a.b'), { dims: [axis('x', ['2', '1']), axis('y', ['b', 'a'])] }),
    );
    expect(created).toEqual(['cell@2:b', 'cell@2:a', 'cell@1:b', 'cell@1:a']);
  });

  it('drops points that `where` refuses', () => {
    const { made, created } = expansion({});
    const check = {
      tree: { kind: 'flag', value: true, place: { file: '', line: 1, col: 1, length: 1 } },
      text: 'true',
      place: { file: '', line: 1, col: 1, length: 1 },
      params: [],
      names: {},
    } as const;
    made.start(
      stage('cell', node('a.b'), { dims: [{ ...axis('x', ['kept', 'dropped']), where: check }] }),
    );
    expect(created).toEqual(['cell@kept']);
  });

  it('makes the items of a ragged run-time dimension as soon as each source ends', () => {
    const { made, created, items, end } = expansion({
      'folds@fast': ['1', '2'],
      'folds@slow': ['1'],
    });
    const rhythm = axis('rhythm', ['fast', 'slow']);
    const folds = stage('folds', node('w.folds'), { dims: [rhythm] });
    const fold = rowsOf('fold', folds, 'out');
    const cell = stage('cell', node('a.b'), { dims: [rhythm, fold] });
    made.start(folds);
    made.start(cell);
    expect(created).toEqual(['folds@fast', 'folds@slow']);
    const [fast, slow] = items.of(folds);
    if (!fast || !slow) throw new Error('two items expected');
    end(slow);
    expect(created.slice(2)).toEqual(['cell@slow:1']);
    expect(made.open(cell, new Map([[rhythm, 'slow']]))).toBe(false);
    expect(made.open(cell, new Map([[rhythm, 'fast']]))).toBe(true);
    end(fast);
    expect(created.slice(3)).toEqual(['cell@fast:1', 'cell@fast:2']);
    expect(made.open(cell, new Map())).toBe(false);
  });

  it('finds items by any of the points they share', () => {
    const { made, items } = expansion({});
    const [x, y] = [axis('x', ['1', '2']), axis('y', ['a', 'b'])];
    const cell = stage('cell', node('a.b'), { dims: [x, y] });
    made.start(cell);
    expect(items.match(cell, new Map([[y, 'b']])).map((i) => i.name)).toEqual([
      'cell@1:b',
      'cell@2:b',
    ]);
    expect(items.match(cell, new Map([[x, '3']]))).toEqual([]);
  });
});

describe('order of gathered ids', () => {
  it('is by value for integers, then by code units', () => {
    expect(['b', '10', 'B', '9', '-1', 'a', '1.5'].sort(compareIds)).toEqual([
      '-1',
      '9',
      '10',
      '1.5',
      'B',
      'a',
      'b',
    ]);
  });
});
