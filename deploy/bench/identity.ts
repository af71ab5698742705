/** Section: proposing identities on graphs of which each is several times as large as the one before; what an object costs must stay what it was. */
import { askScript } from './child.ts';
import { emptyGraph } from './graph.ts';
import type { IdentityAnswer, IdentityInput } from './identity-process.ts';
import type { Measure } from './measures.ts';
import type { Bench } from './sections.ts';

const SECTION = 'identité';
/** What an object may cost in the largest graph, over what it costs in the smallest. */
const MOST_GROWTH = 1.5;
const MOST_MEGABYTES = 1_000;
const WITHIN_MS = 1_800_000;

/** Leaves the graph empty. */
export async function identity(bench: Bench): Promise<Measure[]> {
  const { objects, connection, database, tell } = bench;
  const sizes = [objects / 20, objects / 4, objects].map(Math.round);
  await emptyGraph(database);
  tell(`  ${SECTION} : ${sizes.join(', ')} objets, d’autant de musées à proportion / objects`);
  const input: IdentityInput = { connection, sizes };
  const answer = await askScript<IdentityAnswer>('identity-process.ts', input, WITHIN_MS);
  await emptyGraph(database);
  const [smallest] = answer.looks;
  return answer.looks
    .flatMap((look): Measure[] => [
      {
        section: SECTION,
        what: `${count(look.objects)} objets : ${count(look.pairs)} paires comparées, ${count(look.found)} propositions ; par objet`,
        value: (look.seconds * 1000) / look.objects,
        unit: 'ms',
        ...(look === smallest
          ? {}
          : {
              against: {
                what: `de ${count(smallest!.objects)}`,
                value: (smallest!.seconds * 1000) / smallest!.objects,
              },
              target: { most: MOST_GROWTH },
            }),
      },
    ])
    .concat({
      section: SECTION,
      what: `mémoire, jusqu’à ${count(objects)} objets`,
      value: answer.peakMegabytes,
      unit: 'Mo',
      target: { most: MOST_MEGABYTES },
    });
}

const count = (number: number): string => number.toLocaleString('fr-FR');
