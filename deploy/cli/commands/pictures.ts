import { Command, InvalidArgumentError } from 'commander';
import { makePictures, type PicturesMade } from '#harvesters/pictures/make.ts';
import { countCandidates } from '#harvesters/pictures/permitted.ts';
import type { Swept } from '#harvesters/pictures/sweep.ts';
import { readSources, type Source, sourcesFolder } from '#harvesters/sources.ts';
import { progress } from '../bar.ts';
import { Complaint, tellFinding } from '../complaint.ts';
import { type Hub, tell, withHub } from '../hub.ts';
import { diskFault, Faults, picturesFolder, sweep } from '../pictures.ts';

interface Options {
  readonly source?: string;
  readonly limit?: number;
  readonly again?: boolean;
  readonly sweep?: boolean;
  readonly json?: boolean;
}

/** `trame pictures`: makes the thumbnails that the gateway serves (docs/pictures.md). */
export function picturesCommand(): Command {
  return new Command('pictures')
    .description(
      'fait les vignettes des images republiables, retire celles qui ne le sont plus / make thumbnails of republishable pictures, take away the others',
    )
    .option('--source <name>', 'seulement les images de cette source / only the pictures of this source')
    .option('--limit <number>', 'au plus tant d’images demandées / ask for so many at most', readLimit)
    .option('--again', 'redemande aussi celles qui l’ont été récemment / ask again for those asked for lately too')
    .option('--sweep', 'retire seulement, ne fait rien / only take away, make nothing')
    .option('--json', 'pour un programme / for a program')
    .action((options: Options) => withHub((hub) => run(hub, options).catch(complain), options.json));
}

function readLimit(text: string): number {
  if (/^\d{1,9}$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError('un nombre d’images, 1 ou plus / a number of pictures, 1 or more');
}

function complain(fault: unknown): never {
  const words = diskFault(fault);
  throw words === undefined ? fault : new Complaint(words);
}

async function run(hub: Hub, options: Options): Promise<void> {
  const sources = options.sweep ? [] : await sourcesOf(options.source);
  const swept = await sweep(hub);
  const faults = new Faults();
  const made = options.sweep ? undefined : await make(hub, sources, options, faults);
  // What was made may have filled the cache beyond its size.
  const after = made === undefined || made.made === 0 ? swept : await sweep(hub);
  const all = { ...after, dropped: swept.dropped + (after === swept ? 0 : after.dropped) };
  if (options.json) return console.log(JSON.stringify({ ...made, ...all, findings: faults.list() }, null, 2));
  console.log(inWords(made, all));
  for (const { example, count } of faults.list()) tell(`${count} × ${tellFinding(example)}`);
}

async function sourcesOf(only: string | undefined): Promise<readonly Source[]> {
  const { sources, findings } = await readSources(sourcesFolder());
  for (const found of findings) tell(tellFinding(found));
  if (only === undefined || sources.some(({ name }) => name === only)) return sources;
  throw new Complaint(`Aucune source « ${only} » : « trame source list » les donne / no such source.`);
}

async function make(
  { database, signal }: Hub,
  sources: readonly Source[],
  { source: only, limit, again, json }: Options,
  faults: Faults,
): Promise<PicturesMade> {
  const bar = progress('images', json);
  const of = await countCandidates(database, new Date(), only);
  try {
    return await makePictures({
      ...{ database, root: picturesFolder(), sources, signal, only, limit, again },
      looked: (count, fault) => {
        bar.show(count, of);
        if (fault) faults.add(fault);
      },
    });
  } finally {
    bar.end();
  }
}

const MB = 1024 * 1024;

function inWords(made: PicturesMade | undefined, { dropped, evicted, kept, bytes }: Swept): string {
  const size = `${kept.toLocaleString('fr-FR')} images, ${(bytes / MB).toLocaleString('fr-FR', { maximumFractionDigits: 1 })} Mo`;
  const lines = [
    ...(made === undefined
      ? []
      : [
          `${made.made} image(s) mise(s) en vignettes, ${made.unchanged} inchangée(s), ${made.faults} sans résultat / made, unchanged, without result`,
        ]),
    `${dropped} retirée(s), plus permises ; ${evicted} retirée(s), faute de place / taken away: not permitted any more; for want of room`,
    `Cache : ${size} / cache: ${kept} pictures (${picturesFolder()})`,
  ];
  if (made !== undefined && made.left > 0)
    lines.push(
      `${made.left} laissée(s) : serveur absent, source inconnue ici ou hors de son accord / left: server away, source unknown here or outside its agreement`,
    );
  if (made?.next !== undefined) lines.push('Il en reste : relancez / there are more: run again, trame pictures');
  return lines.join('\n');
}
