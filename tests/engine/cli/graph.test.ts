import { existsSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import * as fc from 'fast-check';
import { dot } from '../../../engine/cli/drawing/dot.js';
import type { Arrow, Box, Drawing } from '../../../engine/cli/drawing/drawing.js';
import { svg } from '../../../engine/cli/drawing/svg.js';
import type { TestProject } from '../../kit/project.js';
import { dag, printed, toyProject } from './kit.js';
import { elements } from './xml.js';

// A machine that builds and tests at once is slow.
jest.setTimeout(30_000);

let project: TestProject;
beforeAll(() => {
  project = toyProject({
    'dags/parts/inner.yaml': `dag: inner
doc: Doubles.
in: { frame: frame }
stages:
  doubled: { use: toy.double, in: { frame: in.frame } }
out: { total: doubled.total }
`,
    'dags/outer.yaml': `dag: outer
doc: A part inside.
dimensions:
  name: [a, b, c]
stages:
  numbers: { foreach: name, use: toy.numbers, with: { name: $name } }
  part: { foreach: name, use: dags/parts/inner.yaml, in: { frame: numbers.frame } }
  total: { use: toy.sum, in: { totals: part.total } }
out: { total: total.total }
`,
  });
});
afterAll(() => project.remove());

describe('dag graph', () => {
  it('writes mermaid: a box a stage, however many items it has', async () => {
    expect(await printed(project, 'graph', 'outer')).toBe(`---
title: outer
---
flowchart TD
  n0[["numbers<br/><small>toy.numbers</small><br/><i>× name</i>"]]
  n2["total<br/><small>toy.sum</small>"]
  subgraph part [part]
    n1[["doubled<br/><small>toy.double</small><br/><i>× name</i>"]]
  end
  n0 --> n1
  n1 -->|all| n2
`);
  });

  it('writes dot with clusters', async () => {
    const text = await printed(project, 'graph', 'outer', '--format', 'dot');
    expect(text).toMatch(/^digraph "outer" \{\n/);
    expect(text).toContain('  subgraph "cluster_part" {\n    label="part";\n');
    expect(text).toContain('  "part/doubled" -> "total" [style=solid, label=all];\n');
    expect(text.match(/\{/g)).toHaveLength(text.match(/\}/g)?.length ?? 0);
  });

  it('writes SVG to a file by its ending', async () => {
    const path = project.path('outer.svg');
    writeFileSync(path, '');
    expect(await printed(project, 'graph', 'outer', '--out', path)).toBe('');
    expect(await printed(project, 'graph', 'outer', '--out', project.path('new/place.svg'))).toBe(
      '',
    );
    expect(project.read('new/place.svg')).toBe(project.read('outer.svg'));
    const { code, err } = await project.dag('graph', 'outer', '--out', project.path('new'));
    expect({ code, told: err.includes('is a folder where a file is expected') }).toEqual({
      code: 1,
      told: true,
    });
    const before = project.read('dags/outer.yaml');
    const over = await project.dag('graph', 'outer', '--out', project.path('dags/outer.yaml'));
    expect([over.code, project.read('dags/outer.yaml') === before]).toEqual([2, true]);
    const words = elements(project.read('outer.svg')).filter((e) => e.name === 'text');
    expect(words.map((e) => e.text)).toEqual(
      expect.arrayContaining(['outer', 'numbers', 'toy.sum', '× name', 'inside part']),
    );
  });
});

describe('dag graph --out', () => {
  it.each(['outer.png', 'outer.svgz', 'new.d/outer.txt'])(
    'refuses %s and writes nothing',
    async (name) => {
      const { code, err, out } = await dag(project, 'graph', 'outer', '--out', project.path(name));
      expect(err).toContain('cli/no-such-drawing');
      expect(err).toContain('end it in .svg, .dot, .gv or .mmd');
      expect({ code, out, there: existsSync(project.path(name)) }).toEqual({
        code: 2,
        out: '',
        there: false,
      });
    },
  );
});

/** Drawings of any shape: arrows go from earlier boxes to later ones. */
const drawings: fc.Arbitrary<Drawing> = fc
  .array(
    fc.record({
      name: fc.string({ minLength: 1, maxLength: 24 }),
      dims: fc.array(fc.constantFrom('symbol', 'rhythm', 'fold'), { maxLength: 3 }),
      group: fc.array(fc.constantFrom('fold', 'a<b'), { maxLength: 2 }),
      from: fc.array(fc.nat(), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 14 },
  )
  .map((parts) => {
    const boxes = parts.map(
      ({ name, dims, group }, i): Box => ({ id: `${i} ${name}`, name, dims, group, node: 'x.y' }),
    );
    const arrows = parts.flatMap(({ from }, i) =>
      [...new Set(i === 0 ? [] : from.map((n) => n % i))].map(
        (n): Arrow => ({
          from: boxes[n]?.id ?? '',
          to: boxes[i]?.id ?? '',
          kind: 'data',
          gathers: n % 2 === 0,
        }),
      ),
    );
    return { title: 'a & b', boxes, arrows };
  });

interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The front boxes of a picture, and the picture itself. */
function shapes(text: string): { readonly boxes: readonly Rect[]; readonly all: Rect } {
  const found = elements(text);
  const number = (e: (typeof found)[number], name: string) => Number(e.attributes[name]);
  const rect = (e: (typeof found)[number]) => ({
    x: number(e, 'x'),
    y: number(e, 'y'),
    width: number(e, 'width'),
    height: number(e, 'height'),
  });
  const rects = found.filter((e) => e.name === 'rect' && e.attributes.height === '58').map(rect);
  // The back of a stack stands 4 px right of and above its front, which comes next.
  const boxes = rects.filter((r, i) => Math.abs((rects[i + 1]?.x ?? 0) + 4 - r.x) > 1e-6);
  const root = found.find((e) => e.name === 'svg');
  return {
    boxes,
    all: {
      x: 0,
      y: 0,
      width: Number(root?.attributes.width),
      height: Number(root?.attributes.height),
    },
  };
}

/** Points along a path of our pictures: M, C and V only. */
function points(path: string): readonly (readonly [number, number])[] {
  const made: [number, number][] = [];
  for (const [, letter, rest = ''] of path.matchAll(/([MCV])([^MCV]*)/g)) {
    const n = rest.trim().split(/\s+/).map(Number);
    const [x = 0, y = 0] = made.at(-1) ?? [];
    if (letter === 'M') made.push([n[0] ?? 0, n[1] ?? 0]);
    else if (letter === 'V') made.push([x, n[0] ?? 0]);
    else
      for (let t = 0.05; t <= 1.0001; t += 0.05) {
        const [a, b, c, d] = [(1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t ** 3];
        const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0] = n;
        made.push([a * x + b * x1 + c * x2 + d * x3, a * y + b * y1 + c * y2 + d * y3]);
      }
  }
  return made;
}

const inside = ([x, y]: readonly [number, number], r: Rect) =>
  x > r.x + 0.2 && x < r.x + r.width - 0.2 && y > r.y + 0.2 && y < r.y + r.height - 0.2;

describe('a picture', () => {
  it('is sound XML, has every box once, none over another, all inside', () => {
    fc.assert(
      fc.property(drawings, (drawing) => {
        const { boxes, all } = shapes(svg(drawing));
        expect(boxes).toHaveLength(drawing.boxes.length);
        for (const [i, a] of boxes.entries()) {
          expect(a.x).toBeGreaterThan(0);
          expect(a.x + a.width).toBeLessThan(all.width);
          expect(a.y + a.height).toBeLessThan(all.height);
          for (const b of boxes.slice(i + 1))
            expect(a.y !== b.y || a.x + a.width < b.x || b.x + b.width < a.x).toBe(true);
        }
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('has no arrow through a box', () => {
    fc.assert(
      fc.property(drawings, (drawing) => {
        const text = svg(drawing);
        const { boxes } = shapes(text);
        const lines = elements(text).filter((e) => e.attributes['marker-end'] !== undefined);
        expect(lines).toHaveLength(drawing.arrows.length);
        for (const line of lines) {
          const hit = points(line.attributes.d ?? '').find((p) => boxes.some((r) => inside(p, r)));
          expect(hit).toBeUndefined();
        }
      }),
      { numRuns: 60, seed: 1 },
    );
  });

  it('is the same for the same drawing, and quotes what dot and XML would take for their own', () => {
    const odd: Drawing = {
      title: '"a" <b> & c\\',
      boxes: [{ id: 'x', name: '"<&>\\', group: [], node: 'n.n', dims: [] }],
      arrows: [],
    };
    expect(svg(odd)).toBe(svg(odd));
    expect(elements(svg(odd)).filter((e) => e.name === 'title')[0]?.text).toBe('"<&>\\');
    expect(dot(odd)).toContain('digraph "\\"a\\" <b> & c\\\\" {');
  });
});
