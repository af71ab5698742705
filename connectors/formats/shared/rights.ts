/** What the words about rights allow. Only what is said counts: what is not said is not permitted. */
import { fold } from '#graph-schema/text.ts';

const REFUSED =
  /tous droits reserves|all rights reserved|reproduction interdite|droits reserves|\bnc\b|\bnd\b|pas d.?utilisation commerciale|pas de modification|in ?copyright|rightsstatements\.org\/vocab\/inc/;
const REFUSED_URI =
  /creativecommons\.org\/licenses\/[a-z-]*(nc|nd)|rightsstatements\.org\/vocab\/(inc|cne|und|noc-nc|noc-cr|noc-oklr)/;
const GRANTED =
  /\bcc0\b|\bcc[ -]?by(-sa)?\b|domaine public|public domain|licence ouverte|open licen[cs]e|libre de droits|etalab/;
const GRANTED_URI =
  /creativecommons\.org\/(publicdomain\/(zero|mark)|licenses\/by(-sa)?\/)|etalab\.gouv\.fr|opendefinition\.org/;

/** True where a licence that permits it is named, false where it is refused, undefined where nothing tells. */
function republishable(rights: string | undefined, uri: string | undefined): boolean | undefined {
  const words = fold(rights ?? '').replace(/(https?:\/\/\S+)/g, ' ');
  const address = fold(`${uri ?? ''} ${/(https?:\/\/\S+)/.exec(rights ?? '')?.[0] ?? ''}`);
  if (REFUSED.test(words) || REFUSED_URI.test(address)) return false;
  if (GRANTED.test(words) || GRANTED_URI.test(address)) return true;
  return undefined;
}

export const RIGHTS = { republishable } as const;
