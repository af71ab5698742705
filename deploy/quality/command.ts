import { Command } from 'commander';
import { table } from '#deploy/cli/table.ts';
import { createReconciler } from '#graph-schema/reconcile/reconciler.ts';
import { RECONCILED } from '#graph-schema/reconcile/thresholds.ts';
import { type Score, score } from './measure.ts';
import { labelledTexts } from './sets.ts';

interface Options {
  readonly heldOut?: boolean;
  readonly misses?: boolean;
  readonly json?: boolean;
}

const TARGETS = { precision: 0.97, recall: 0.85 } as const;

/** `trame quality`: how well texts are read, on sets that were labelled before the rules were written (docs/quality.md). */
export function qualityCommand(): Command {
  return new Command('quality')
    .description(
      'mesure la justesse du rapprochement sur des textes étiquetés / measure how right the reconciliation is, on labelled texts',
    )
    .option(
      '--held-out',
      'la moitié gardée de côté, au lieu de l’autre / the half that was kept aside, instead of the other',
    )
    .option('--misses', 'montre ce qui est lu de travers / show what is read wrongly')
    .option('--json', 'le résultat pour un programme / for a program')
    .action(quality);
}

async function quality({ heldOut = false, misses = false, json = false }: Options): Promise<void> {
  const reconciler = createReconciler();
  const half = heldOut ? 'held-out' : 'dev';
  const scores = RECONCILED.map((what) => {
    const rows = labelledTexts(what).filter(({ set }) => set === half);
    return { what, half, ...score(what, rows, reconciler[what]) };
  });
  if (json) console.log(JSON.stringify(misses ? scores : scores.map(({ misses: _, ...rest }) => rest), null, 2));
  else console.log(table(HEAD, scores.map(rowOf)));
  if (misses && !json) for (const one of scores) console.log(`\n${one.what}\n${missesOf(one)}`);
}

const HEAD = [
  '',
  'textes / texts',
  'attendus / expected',
  'liés / linked',
  'justes / right',
  'précision',
  'rappel / recall',
  'cibles / targets',
];

function rowOf({ what, texts, expected, linked, right, precision, recall }: Score & { readonly what: string }) {
  const met = precision >= TARGETS.precision && recall >= TARGETS.recall ? 'atteintes / met' : 'manquées / missed';
  return [what, texts, expected, linked, right, precision.toFixed(3), recall.toFixed(3), met];
}

function missesOf({ misses }: Score): string {
  return misses
    .map(({ text, why, expected, linked, proposed }) => {
      const list = (codes: readonly string[]) => codes.join(' + ') || '–';
      return `  ${text} (${why}) : attendu ${list(expected)}, lié ${list(linked)}, proposé ${list(proposed)}`;
    })
    .join('\n');
}
