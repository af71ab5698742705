/** How deep JSON stands in itself: what is nested without end overflows whatever walks or writes it. */
import type { Json } from './connector.ts';

/** Whether lists and objects stand in one another no more than `levels` deep; a value itself is the first. Never goes deeper itself. */
export function isWithinDepth(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  for (const one of Array.isArray(value) ? (value as readonly Json[]) : Object.values(value))
    if (typeof one === 'object' && !isWithinDepth(one, levels - 1)) return false;
  return true;
}
