/** One record looked at again at its partner's, between two harvests. */
import { SourceError } from '#connectors/connector.ts';
import type { Database } from '#graph-schema/database.ts';
import { type Finding, finding } from '#graph-schema/findings/finding.ts';
import { snapshotId } from '#graph-schema/fold/snapshot.ts';
import type { Resolver } from '#graph-schema/vocabularies/resolver.ts';
import { isOutside, tellAgreement } from './agreement.ts';
import { LeaseLost, takeLease, withLease } from './lease.ts';
import { mappingOf, toItem } from './map.ts';
import type { OpenContextFor } from './run.ts';
import type { Source } from './sources.ts';
import { createWriter } from './writer.ts';

/** Fetches, maps and writes one record. Gives what came of it, in words; a record that the partner says is gone is decided on by the next complete run. */
export async function recheck(
  source: Source,
  id: string,
  database: Database,
  resolver: Resolver,
  open: OpenContextFor,
): Promise<Finding> {
  const { connector, name, about } = source;
  const now = new Date();
  const told = isOutside(about.agreement, now) ? tellAgreement(name, about.agreement, now) : undefined;
  if (told) return told;
  if (!connector.one) return finding('record-not-asked', { source: name });
  const taken = await takeLease(database, name, `contrôle de la notice ${id}`);
  if ('held' in taken) return taken.held;
  const context = open(source, () => undefined);
  try {
    return await withLease(database, taken.lease, async (lease) => {
      const message = await connector.one!(source.options, context, id);
      if (message.kind === 'checkpoint' || message.kind === 'end')
        throw new Error(`one record was asked for, and ${message.kind} came`);
      const { published, snapshot } = await standing(database, name);
      const item = toItem(message, mappingOf(source, resolver, published, context.now()));
      const pass = {
        source: { name, rank: about.rank },
        run: 'recheck',
        snapshot: snapshot ?? snapshotId(context.now(), 'recheck'),
      };
      const { counts } = await createWriter(database, lease, pass, resolver).commit([item]);
      if (item.kind === 'rejected') return item.finding;
      if (item.kind === 'gone') return finding('record-gone', { source: name, id });
      const result =
        counts.created > 0 ? 'nouvelle / new' : counts.updated > 0 ? 'modifiée / changed' : 'inchangée / unchanged';
      return finding('record-checked', { source: name, id, result });
    });
  } catch (fault) {
    if (!(fault instanceof SourceError) && !(fault instanceof LeaseLost)) throw fault;
    return fault.finding;
  } finally {
    await context.close();
  }
}

/** A record that is named counts as seen by the pass that is under way, where there is one. */
async function standing(
  database: Database,
  name: string,
): Promise<{ readonly published: boolean; readonly snapshot: string | null }> {
  const { records } = await database.read((tx) =>
    tx.run('MATCH (s:Source {name: $name}) RETURN coalesce(s.published, false) AS published, s.snapshot AS snapshot', {
      name,
    }),
  );
  return { published: records[0]?.get('published') === true, snapshot: records[0]?.get('snapshot') ?? null };
}
