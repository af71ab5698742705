import { Command } from 'commander';
import { keepListFile, readListFile } from '#deploy/personal/list-file.ts';
import { restoreBackup } from '#graph-schema/backup/restore.ts';
import { digest } from '#graph-schema/fold/digest.ts';
import { progress } from '../bar.ts';
import { home, withHub } from '../hub.ts';
import { refusedInWords, told } from './backup.ts';
import { digestLine } from './digest.ts';
import { more } from './person.ts';
import { rebuildWithBar } from './rebuild.ts';

export function restoreCommand(): Command {
  return new Command('restore')
    .description(
      'remet une sauvegarde dans un graphe vide, puis refait le graphe / put a backup into an empty graph, then fold the graph',
    )
    .argument('<file>', 'écrit par / written by “trame backup”')
    .option(
      '--name <name>',
      'un autre nom d’une personne oubliée, à ôter des textes ; répétable / another name of somebody forgotten, to be taken out of texts; repeatable',
      more,
      [],
    )
    .option('--json', 'pour un programme / for a program')
    .action(run);
}

async function run(file: string, options: { json?: boolean; name: readonly string[] }): Promise<void> {
  await withHub(async (hub) => {
    const bar = progress('lignes', options.json);
    const suppression = await readListFile(home());
    const summary = await refusedInWords(hub.signal, () =>
      restoreBackup(hub.database, file, {
        signal: hub.signal,
        names: options.name,
        onProgress: (lines, of) => bar.show(lines, of),
        ...(suppression ? { suppression } : {}),
      }),
    ).finally(() => bar.end());
    await keepListFile(hub.database, home());
    // Nobody has been sent anything from this graph yet: there is nothing to throttle.
    const rebuilt = await rebuildWithBar(hub, options);
    const found = await digest(hub.database);
    if (options.json) console.log(JSON.stringify({ ...summary, ...rebuilt, digest: found.digest }, null, 2));
    else console.log(`${told(file, summary)}\n${rebuilt.written} entités refaites / folded.\n${digestLine(found)}`);
    if (rebuilt.stopped) process.exitCode = 3;
  }, options.json);
}
