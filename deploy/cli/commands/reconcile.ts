import { createInterface } from 'node:readline';
import { Argument, Command } from 'commander';
import type { Match } from '#graph-schema/reconcile/match.ts';
import { createReconciler } from '#graph-schema/reconcile/reconciler.ts';
import { RECONCILED, type Reconciled } from '#graph-schema/reconcile/thresholds.ts';

/** `trame reconcile places|trades|dates`: one text a line in, one answer a line out. */
export function reconcileCommand(): Command {
  return new Command('reconcile')
    .description(
      'dit quels lieux, métiers ou dates des textes désignent : un texte par ligne, une réponse par ligne / say which places, trades or dates texts mean',
    )
    .addArgument(new Argument('<what>', 'quoi / what').choices(RECONCILED))
    .option('--ndjson', 'une réponse JSON par ligne / one JSON answer a line')
    .action(reconcile);
}

async function reconcile(what: Reconciled, { ndjson }: { readonly ndjson?: boolean }): Promise<void> {
  const read = createReconciler()[what];
  for await (const text of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    const matches = read(text);
    console.log(ndjson ? JSON.stringify({ text, matches: matches.map(answerOf) }) : `${text} → ${inWords(matches)}`);
  }
}

/** As programs read it: INSEE or NIS code of a place, own id of a trade, years or days of a date. */
function answerOf({ status, confidence, rule, label, identifier, text, edtf, from, to }: Match) {
  return {
    status,
    confidence,
    rule,
    label,
    code: identifier?.value,
    scheme: identifier?.scheme,
    said: text,
    edtf,
    from,
    to,
  };
}

function inWords(matches: readonly Match[]): string {
  if (matches.length === 0) return '–';
  return matches
    .map(({ status, label, identifier, confidence, rule }) => {
      const code = identifier ? ` [${identifier.value}]` : '';
      return `${label}${code} (${status === 'linked' ? 'lié' : 'proposé'}, ${confidence}, ${rule})`;
    })
    .join(' ; ');
}
