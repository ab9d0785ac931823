import type { ConstantArg } from '../../op.js';
import { number } from '../shared.js';

/** The prices of a bar. */
export const highLowClose = [number('high'), number('low'), number('close')];

/** A factor that is not negative. */
export function factor(name: string, preset: number): ConstantArg {
  return { name, is: 'number', default: preset, least: 0 };
}
