/** URLs as they may be shown, and as a partner writes them. */
import { SourceError } from '#connectors/connector.ts';
import { finding } from '#graph-schema/findings/finding.ts';

/** A place in a list (`resumptionToken`) and words to search (`keyword`, `author`) are none. */
const SECRET_PARAMETERS =
  /^(?!resumption|continuation|next|page)[\w.-]*(?:key(?!w)|token|secret|passw|pwd|auth(?!or))|^(?:sig|signature|cle|clef|mdp)$/i;

/** A URL without what must not be logged: user and password, and the values of parameters such as `key` and `token`. */
export function redacted(url: string): string {
  const parsed = URL.parse(url);
  if (parsed === null)
    return url.replace(/\/\/[^/@]*@/, '//').replace(/([?&][^=&]*(?:key|token|secret|password)=)[^&#]*/gi, '$1***');
  parsed.username = '';
  parsed.password = '';
  for (const name of new Set(parsed.searchParams.keys())) {
    if (SECRET_PARAMETERS.test(name)) parsed.searchParams.set(name, '***');
  }
  return parsed.href;
}

/** Reads an http or https URL, relative to `base` where given. Throws SourceError `http-address-invalid` (config). */
export function parseUrl(url: string, base?: URL): URL {
  const parsed = URL.parse(url, base?.href);
  if (parsed === null)
    throw new SourceError('config', finding('http-address-invalid', { url: redacted(url), protocol: '?' }));
  if (parsed.protocol !== 'http:' && parsed.protocol !== 'https:') {
    throw new SourceError('config', finding('http-address-invalid', { url: redacted(url), protocol: parsed.protocol }));
  }
  return parsed;
}
