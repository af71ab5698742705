/** What is checked of every answer before its rows are taken: that it has the shape that was agreed on. */
import { z } from 'zod';
import { finding } from '#graph-schema/findings/finding.ts';
import { messageIn } from '../api/json.ts';
import { type Json, SourceError } from '../connector.ts';
import { redacted } from '../http/url.ts';

const IN_FRENCH = z.locales.fr().localeError;

/**
 * An answer that has its shape. Throws SourceError: `api-refused` (config) where the partner says with a status of success that something is wrong,
 * `api-answer-unexpected` (transient, for nothing of ours can mend it) with the path of what is not as it was.
 */
export function checkedAnswer<Shape extends z.ZodType>(shape: Shape, answer: unknown, url: string): z.infer<Shape> {
  const result = shape.safeParse(answer, { error: IN_FRENCH });
  if (result.success) return result.data;
  const where = redacted(url);
  const refusal = messageIn(answer as Json);
  if (refusal !== undefined)
    throw new SourceError('config', finding('api-refused', { url: where, status: 200, message: refusal }));
  const [issue] = result.error.issues;
  const particulars = { url: where, path: issue?.path.join('.') || '/', message: issue?.message ?? '?' };
  throw new SourceError('transient', finding('api-answer-unexpected', particulars));
}
