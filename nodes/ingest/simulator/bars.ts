import type { Frame } from '../../../engine/sdk/index.js';
import { feed } from './feed.js';
import { type BarColumns, published, room, rowsOf } from './published.js';
import { openOf, opens, type Scene } from './scene.js';

/** Raw bars of the perpetual, faults and all. */
export function barsOf(scene: Scene): Frame {
  const { bars } = scene.asset.clock;
  // From the first bar of a day on: an outage ends with its day, so the last price of every flat bar is known.
  const begin = Math.floor(scene.from / bars) * bars;
  return feed(perpetual(scene, begin, scene.to), begin, scene.from, scene.faults);
}

/** Every bar of a scene as it was traded, without faults. */
export function asTraded(scene: Scene): Frame {
  const columns = perpetual(scene, scene.from, scene.to);
  return rowsOf(
    columns,
    new Uint32Array(scene.to - scene.from).map((_, i) => i),
  );
}

function perpetual(scene: Scene, from: number, to: number): BarColumns {
  const { asset, levels, shapes } = scene;
  let open = openOf(scene, from);
  const drawn = room(open, to - from);
  for (let i = 0; i < to - from; i++) {
    const k = from + i - shapes.first;
    const close = levels[from + i] ?? 0;
    drawn.close[i] = close;
    drawn.high[i] = Math.max(open, close) + (shapes.above[k] ?? 0);
    drawn.low[i] = Math.min(open, close) - (shapes.below[k] ?? 0);
    drawn.quote[i] = shapes.quote[k] ?? 0;
    drawn.bought[i] = shapes.bought[k] ?? 0;
    open = close;
  }
  const { perUnit, ticket } = asset.traits;
  return published(drawn, opens(scene, from), asset.clock.spacing, perUnit, ticket);
}
