import { createInterface } from 'node:readline';
import { Argument, Command } from 'commander';
import type { Match } from '#graph-schema/reconcile/match.ts';
import { createReconciler } from '#graph-schema/reconcile/reconciler.ts';
import { RECONCILED, type Reconciled } from '#graph-schema/reconcile/thresholds.ts';
import { tell } from '../hub.ts';

/** `trame reconcile places|trades|dates`: one text an argument, or one a line of standard input; one answer a line out. */
export function reconcileCommand(): Command {
  return new Command('reconcile')
    .description(
      'dit quels lieux, métiers ou dates des textes désignent : un texte par ligne, une réponse par ligne / say which places, trades or dates texts mean',
    )
    .addArgument(new Argument('<what>', 'quoi / what').choices(RECONCILED))
    .argument('[text...]', 'des textes ; sans eux, l’entrée standard / texts; without them standard input')
    .option('--ndjson', 'une réponse JSON par ligne / one JSON answer a line')
    .action(reconcile);
}

async function reconcile(
  what: Reconciled,
  texts: readonly string[],
  { ndjson }: { readonly ndjson?: boolean },
): Promise<void> {
  const read = createReconciler()[what];
  if (texts.length === 0 && process.stdin.isTTY)
    tell('Un texte par ligne ; Ctrl-D finit / one text a line; Ctrl-D ends.');
  const lines = () => createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY });
  for await (const text of texts.length > 0 ? texts : lines()) {
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
