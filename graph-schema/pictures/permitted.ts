/** Which pictures may be shown again at an address of ours: what the makers ask and what the door asks, in the same words. */
import { LICENCE_LAYERS, republishableUnder } from '../licences.ts';

const FORBIDDING = LICENCE_LAYERS.filter((layer) => republishableUnder(layer) === false);

/**
 * The rights of a Media, as a Cypher condition on a node by this name. Only a plain yes is one, and a licence that says no outweighs a partner's yes:
 * both may stand in one record, and the stricter is heard. Whether the Media may be *seen* is asked beside this.
 */
export function mayBeRepublished(node: string): string {
  const layers = FORBIDDING.map((layer) => `'${layer}'`).join(', ');
  return `${node}.republishable = true AND NOT coalesce(${node}.rightsLayer, 'unknown') IN [${layers}]`;
}
