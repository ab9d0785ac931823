import type { Graph, Stage } from '../../graph/graph.js';

/** A stage as a box; all its items are this one box. */
export interface Box {
  readonly id: string;
  /** The stage's own name. */
  readonly name: string;
  /** Names of the sub-pipelines around it, outer ones first. */
  readonly group: readonly string[];
  readonly node: string;
  readonly dims: readonly string[];
}

/** A connection between two stages. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** `data` flows; `points`: a dimension of `to` is read from `from`; `after` only orders; `else` stands in. */
  readonly kind: 'data' | 'points' | 'after' | 'else';
  /** Several items of `from` meet in one of `to`. */
  readonly gathers: boolean;
}

export interface Drawing {
  readonly title: string;
  /** In topological order. */
  readonly boxes: readonly Box[];
  readonly arrows: readonly Arrow[];
}

/** A pipeline as boxes and arrows; several wires between two stages are one arrow. */
export function drawing(graph: Graph): Drawing {
  const arrows = new Map<string, Arrow>();
  for (const arrow of graph.stages.flatMap(arrowsInto)) {
    const id = `${arrow.from} ${arrow.to}`;
    const known = arrows.get(id);
    arrows.set(
      id,
      known?.kind === 'data' ? { ...known, gathers: known.gathers || arrow.gathers } : arrow,
    );
  }
  return { title: graph.name, boxes: graph.stages.map(box), arrows: [...arrows.values()] };
}

function box({ path, node, dims }: Stage): Box {
  const parts = path.split('/');
  return {
    id: path,
    name: parts.at(-1) ?? path,
    group: parts.slice(0, -1),
    node: node.type,
    dims: dims.map((d) => d.name),
  };
}

function arrowsInto(stage: Stage): readonly Arrow[] {
  const to = stage.path;
  const data = stage.inputs.map(
    ({ source, gathered }): Arrow => ({
      from: source.stage.path,
      to,
      kind: 'data',
      gathers: gathered.length > 0,
    }),
  );
  const after = stage.after.map(
    ({ path }): Arrow => ({ from: path, to, kind: 'after', gathers: false }),
  );
  const otherwise = stage.when
    .flatMap((gate) => Object.values(gate.otherwise))
    .map((source): Arrow => ({ from: source.stage.path, to, kind: 'else', gathers: false }));
  return [...points(stage), ...after, ...otherwise, ...data];
}

/** A stage hangs on the table its dimension is read from, unless an input that has the dimension does already. */
function points(stage: Stage): readonly Arrow[] {
  return stage.dims.flatMap((dimension) => {
    if (dimension.points.kind !== 'port') return [];
    if (stage.inputs.some(({ source }) => source.stage.dims.includes(dimension))) return [];
    return [
      {
        from: dimension.points.source.stage.path,
        to: stage.path,
        kind: 'points',
        gathers: false,
      } as const,
    ];
  });
}
