/** `trame source publish` and `withdraw`: a source on trial is shown to everyone, or taken back. */
import { hearing } from '#graph-schema/words/apply.ts';
import { replay } from '#harvesters/replay.ts';
import type { Source } from '#harvesters/sources.ts';
import { decideTrial, type TrialDecision, trialStanding } from '#harvesters/trial.ts';
import { Complaint, tellFinding } from '../complaint.ts';
import { HOLDER } from '../harvesting.ts';
import type { Hub } from '../hub.ts';

/** Decides, makes it take effect, and tells in words what has changed. Throws a Complaint where the source is not on trial. */
export async function carryOut(hub: Hub, source: Source, decision: TrialDecision): Promise<string> {
  const { database } = hub;
  const { name, about } = source;
  if (!about.trial)
    throw new Complaint(
      `« ${name} » n’est pas à l’essai : ses notices sont visibles selon « visibility ».\n  → Pour la retirer, écrivez « trial: true » dans ${source.file} / it is not on trial: to take it back, write “trial: true” in its file.`,
    );
  const before = await trialStanding(database, name);
  const changed = await decideTrial(database, source, decision);
  const state = decision.published ? 'publiée / published' : 'à l’essai, cachée / on trial, hidden';
  if (!changed) return `« ${name} » était déjà ${state} : rien n’a changé / nothing has changed.`;
  const decided = `« ${name} » est ${state}, par ${decision.by}.`;
  if (before.records === 0) return `${decided} Elle n’a encore aucune notice / it has no record yet.`;
  return `${decided}\n${await takeEffect(hub, source, before.visible)}`;
}

/** The records are mapped again under the decision, from what is stored: the partner is not troubled. */
async function takeEffect(hub: Hub, source: Source, visibleBefore: number): Promise<string> {
  const { database, signal } = hub;
  const { run } = await hearing(database, (resolver) => replay(source, database, { resolver, holder: HOLDER, signal }));
  const { visible } = await trialStanding(database, source.name);
  const change = visible - visibleBefore;
  const counted =
    change < 0
      ? `${-change} notices ne sont plus visibles / records are no longer visible.`
      : `${change} notices deviennent visibles / records become visible.`;
  if (run.outcome === 'complete') return counted;
  const why = run.reason === undefined ? '' : `\n${tellFinding(run.reason)}`;
  return `${counted} Les autres n’ont pas encore suivi / the others have not followed yet: trame replay ${source.name} (ou la prochaine moisson / or the next harvest).${why}`;
}
