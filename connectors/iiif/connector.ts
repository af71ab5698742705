/** The protocol `iiif`: a collection, the collections within it, and each of their manifests. https://iiif.io/api/presentation/ */
import type { Finding } from '#graph-schema/findings/finding.ts';
import { finding } from '#graph-schema/findings/finding.ts';
import { type Connector, type Context, SourceError } from '../connector.ts';
import { redacted } from '../http/url.ts';
import { manifestFromRaw, readManifest } from './manifest.ts';
import { type IiifCursor, type IiifOptions, iiifCursor, iiifOptions } from './options.ts';
import { fetchCollection, walk } from './walk.ts';

/** The connector `iiif`. Always a snapshot: IIIF names no deletions. The identifier of a record is that of its manifest, as the collection writes it. */
export const iiifCollection: Connector<IiifOptions, IiifCursor> = {
  name: 'iiif',
  options: iiifOptions,
  cursor: iiifCursor,
  check,
  read: walk,
  row: manifestFromRaw,
  async one(options, context, id) {
    try {
      return await readManifest(id, URL.parse(id, options.url)?.href ?? id, context, options);
    } catch (fault) {
      const status = fault instanceof SourceError ? fault.finding.particulars['status'] : undefined;
      if (status === 404 || status === 410) return { kind: 'deleted', id };
      throw fault;
    }
  },
};

/** Looks at the root alone. */
async function check(options: IiifOptions, context: Context): Promise<readonly Finding[]> {
  try {
    const page = await fetchCollection(options.url, context);
    const isEmpty = page.members.length === 0 && page.next === undefined;
    return isEmpty ? [finding('api-nothing', { api: redacted(options.url) })] : [];
  } catch (fault) {
    if (fault instanceof SourceError) return [fault.finding];
    throw fault;
  }
}
