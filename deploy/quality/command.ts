import { Command } from 'commander';
import { table } from '#deploy/cli/table.ts';
import { COMPARED, identityThresholdsText, readIdentityThresholds } from '#graph-schema/identity/thresholds.ts';
import { createInferrer } from '#graph-schema/infer/inferrer.ts';
import { createReconciler } from '#graph-schema/reconcile/reconciler.ts';
import { RECONCILED } from '#graph-schema/reconcile/thresholds.ts';
import { createResolver } from '#graph-schema/vocabularies/resolver.ts';
import { labelledInferences, scoreInference } from './inference.ts';
import { type Score, score } from './measure.ts';
import { labelledPairs, type PairScore, scorePairs } from './pairs.ts';
import { labelledTexts } from './sets.ts';

interface Options {
  readonly heldOut?: boolean;
  readonly fresh?: boolean;
  readonly misses?: boolean;
  readonly json?: boolean;
}

const TARGETS = { precision: 0.97, recall: 0.85 } as const;
/** Of pairs of descriptions: taking two things for one is worse than leaving them two. */
const PAIR_TARGETS = { precision: 0.99, recall: 0.8 } as const;

/** `trame quality`: how well texts are read and pairs of descriptions are judged, on sets that were labelled before the rules were written (docs/quality.md). */
export function qualityCommand(): Command {
  return new Command('quality')
    .description(
      'mesure la justesse du rapprochement et de l’identité sur des textes et des paires étiquetés / measure how right reconciliation and identity are, on labelled texts and pairs',
    )
    .option(
      '--held-out',
      'la moitié gardée de côté, au lieu de l’autre / the half that was kept aside, instead of the other',
    )
    .option(
      '--fresh',
      'les paires faites après les règles, et elles seules / the pairs that were made after the rules, and they alone',
    )
    .option('--misses', 'montre ce qui est lu de travers / show what is read wrongly')
    .option('--json', 'le résultat pour un programme / for a program')
    .action(quality);
}

async function quality({ heldOut = false, fresh = false, misses = false, json = false }: Options): Promise<void> {
  const half = heldOut ? 'held-out' : 'dev';
  const all = fresh ? [] : [...textScores(half), inferenceScore(half)];
  const pairs = pairScores(fresh ? 'fresh' : half);
  if (json) {
    const told = [...all, ...pairs];
    console.log(JSON.stringify(misses ? told : told.map(({ misses: _, ...rest }) => rest), null, 2));
    return;
  }
  console.log(table(HEAD, [...all.map(rowOf), ...pairs.map(pairRowOf)]));
  if (!misses) return;
  for (const one of all) console.log(`\n${one.what}\n${missesOf(one)}`);
  for (const one of pairs) console.log(`\n${one.what}\n${pairMissesOf(one)}`);
}

function textScores(half: 'dev' | 'held-out') {
  const reconciler = createReconciler();
  return RECONCILED.map((what) => {
    const rows = labelledTexts(what).filter(({ set }) => set === half);
    return { what, half, ...score(what, rows, reconciler[what]) };
  });
}

/** What is inferred of records that say only this. */
function inferenceScore(half: 'dev' | 'held-out') {
  const rows = labelledInferences().filter(({ set }) => set === half);
  return { what: 'inference', half, ...scoreInference(rows, createInferrer(), createResolver()) };
}

/** What is taken for one thing without asking a steward. */
function pairScores(half: 'dev' | 'held-out' | 'fresh') {
  const thresholds = readIdentityThresholds(identityThresholdsText());
  return COMPARED.map((what) => {
    const isFresh = half === 'fresh';
    const rows = labelledPairs(what, isFresh).filter(({ set }) => isFresh || set === half);
    return { what, half, ...scorePairs(what, rows, thresholds[what].linked) };
  });
}

const HEAD = [
  '',
  'textes ou paires / texts or pairs',
  'attendus / expected',
  'liés / linked',
  'justes / right',
  'précision',
  'rappel / recall',
  'cibles / targets',
];

function rowOf({ what, texts, expected, linked, right, precision, recall }: Score & { readonly what: string }) {
  return [
    what,
    texts,
    expected,
    linked,
    right,
    precision.toFixed(3),
    recall.toFixed(3),
    verdict(TARGETS, precision, recall),
  ];
}

function pairRowOf({ what, pairs, yes, found, right, precision, recall }: PairScore & { readonly what: string }) {
  return [
    what,
    pairs,
    yes,
    found,
    right,
    precision.toFixed(3),
    recall.toFixed(3),
    verdict(PAIR_TARGETS, precision, recall),
  ];
}

function verdict(targets: { readonly precision: number; readonly recall: number }, precision: number, recall: number) {
  return precision >= targets.precision && recall >= targets.recall ? 'atteintes / met' : 'manquées / missed';
}

function missesOf({ misses }: Score): string {
  return misses
    .map(({ text, why, expected, linked, proposed }) => {
      const list = (codes: readonly string[]) => codes.join(' + ') || '–';
      return `  ${text} (${why}) : attendu ${list(expected)}, lié ${list(linked)}, proposé ${list(proposed)}`;
    })
    .join('\n');
}

function pairMissesOf({ misses }: PairScore): string {
  return misses
    .map(({ a, b, same, score, label, why }) => {
      const labelled = same ? 'une seule chose / one' : 'deux choses / two';
      return `  ${a}  ↔  ${b} (${label}) : ${labelled}, score ${score.toFixed(2)}, ${why}`;
    })
    .join('\n');
}
