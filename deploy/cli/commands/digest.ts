import { Command } from 'commander';
import { digest, type GraphDigest } from '#graph-schema/fold/digest.ts';
import { progress } from '../bar.ts';
import { withHub } from '../hub.ts';
import { table } from '../table.ts';

export function digestCommand(): Command {
  return new Command('digest')
    .description(
      'l’empreinte du graphe : la même pour deux graphes qui disent la même chose / the graph’s digest: the same for two graphs that say the same',
    )
    .option(
      '--by-kind',
      'aussi par sorte, pour voir où deux graphes diffèrent / by kind too, to see where two graphs differ',
    )
    .option('--json', 'pour un programme / for a program')
    .action(async (options: { byKind?: boolean; json?: boolean }) => {
      const found = await withHub(async ({ database, signal }) => {
        const bar = progress('entités', options.json);
        const { records } = await database.read((tx) => tx.run('MATCH (e:Entity) RETURN count(e) AS n'));
        const of = Number(records[0]?.get('n'));
        const done = await digest(database, { signal, onProgress: (entities) => bar.show(entities, of) });
        bar.end();
        return done;
      }, options.json);
      if (options.json) console.log(JSON.stringify(options.byKind ? found : { ...found, kinds: undefined }, null, 2));
      else console.log([digestLine(found), ...(options.byKind ? [byKind(found)] : [])].join('\n'));
    });
}

/** One line, as other commands print it too. */
export function digestLine({ digest: hash, entities, relations }: GraphDigest): string {
  const count = (number: number) => number.toLocaleString('fr-FR');
  return `${hash}  (${count(entities)} entités / entities, ${count(relations)} relations)`;
}

function byKind({ kinds }: GraphDigest): string {
  const rows = Object.entries(kinds).map(([kind, one]) => [kind, one.entities, one.relations, one.digest]);
  return table(['sorte', 'entités', 'relations', 'empreinte'], rows);
}
