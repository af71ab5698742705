/** What was found wrong, or worth telling: a code and its particulars. Its words live in this folder, in French and English. */

export type Severity = 'error' | 'warning' | 'info';
export type Particulars = Readonly<Record<string, string | number>>;

/** A finding as it is passed on, stored and tested: never a sentence. `words()` makes the sentence. */
export interface Finding {
  readonly code: FindingCode;
  readonly particulars: Particulars;
}

/** The words of one code. `{name}` stands for a particular. Each says what happened; the remedy says what to do now. */
export interface Words {
  readonly severity: Severity;
  readonly fr: string;
  readonly en: string;
  readonly remedyFr: string;
  readonly remedyEn: string;
}

import { withoutWaysToReach } from '../contacts.ts';
import { API_FINDINGS } from './apis.ts';
import { CALENDAR_FINDINGS } from './calendars.ts';
import { DUBLIN_CORE_FINDINGS } from './dublin-core.ts';
import { FILE_FINDINGS } from './files.ts';
import { FIRM_FINDINGS } from './firms.ts';
import { FORMAT_FINDINGS } from './formats.ts';
import { FRESHNESS_FINDINGS } from './freshness.ts';
import { GEOGRAPHY_FINDINGS } from './geography.ts';
import { HARVEST_FINDINGS } from './harvest.ts';
import { HTTP_FINDINGS } from './http.ts';
import { IDENTITY_FINDINGS } from './identity.ts';
import { IDENTITY_PROPOSAL_FINDINGS } from './identity-proposals.ts';
import { JSON_FINDINGS } from './json.ts';
import { OAI_PMH_FINDINGS } from './oai-pmh.ts';
import { OPEN_DATA_FINDINGS } from './open-data.ts';
import { OPENAGENDA_FINDINGS } from './openagenda.ts';
import { PERSONAL_DATA_FINDINGS } from './personal-data.ts';
import { PICTURE_FINDINGS } from './pictures.ts';
import { POP_FINDINGS } from './pop.ts';
import { QUALITY_FINDINGS } from './quality.ts';
import { REPLAY_FINDINGS } from './replay.ts';
import { SKOS_FINDINGS } from './skos.ts';
import { SOURCE_FINDINGS } from './sources.ts';
import { WEB_COLLECTION_FINDINGS } from './web-collections.ts';
import { WORD_FINDINGS } from './words.ts';

const CATALOGUE = {
  ...API_FINDINGS,
  ...CALENDAR_FINDINGS,
  ...DUBLIN_CORE_FINDINGS,
  ...FILE_FINDINGS,
  ...FIRM_FINDINGS,
  ...FORMAT_FINDINGS,
  ...FRESHNESS_FINDINGS,
  ...GEOGRAPHY_FINDINGS,
  ...HARVEST_FINDINGS,
  ...HTTP_FINDINGS,
  ...IDENTITY_FINDINGS,
  ...IDENTITY_PROPOSAL_FINDINGS,
  ...JSON_FINDINGS,
  ...OAI_PMH_FINDINGS,
  ...OPEN_DATA_FINDINGS,
  ...OPENAGENDA_FINDINGS,
  ...PERSONAL_DATA_FINDINGS,
  ...PICTURE_FINDINGS,
  ...POP_FINDINGS,
  ...QUALITY_FINDINGS,
  ...REPLAY_FINDINGS,
  ...SKOS_FINDINGS,
  ...SOURCE_FINDINGS,
  ...WEB_COLLECTION_FINDINGS,
  ...WORD_FINDINGS,
} as const satisfies Readonly<Record<string, Words>>;

export type FindingCode = keyof typeof CATALOGUE;
export const FINDING_CODES = Object.keys(CATALOGUE) as FindingCode[];

/** What is never told: keys that stand in addresses, even where they are part of a file's name. */
const SECRETS = new Set<string>();
const SHORTEST_SECRET = 8;

/** From now on no finding holds this value, however it is encoded in an address. What is shorter than eight characters is no key, and would blot out words. */
export function keepSecret(value: string): void {
  if (value.length < SHORTEST_SECRET) return;
  SECRETS.add(value).add(encodeURIComponent(value));
}

function withoutSecrets(text: string): string {
  let left = text;
  for (const secret of SECRETS) if (left.includes(secret)) left = left.replaceAll(secret, '***');
  return left;
}

/** Particulars that say which record or file it is about; they must stay as they are, and look like addresses now and then. */
const NAMES: ReadonlySet<string> = new Set(['id', 'url', 'source', 'host', 'file', 'path', 'uid', 'batch', 'since']);

/** Makes a finding; the compiler refuses a code that has no words. What a partner's text is quoted for holds no way to reach somebody. */
export function finding(code: FindingCode, particulars: Particulars = {}): Finding {
  const quoted = Object.entries(particulars).map(([name, value]) => [
    name,
    typeof value === 'string' ? withoutSecrets(NAMES.has(name) ? value : withoutWaysToReach(value)) : value,
  ]);
  return { code, particulars: Object.fromEntries(quoted) };
}

/** The sentence and the remedy of a finding, for a person. `language` is French unless told. */
export function words(
  found: Finding,
  language: 'fr' | 'en' = 'fr',
): { severity: Severity; text: string; remedy: string } {
  const entry: Words = CATALOGUE[found.code];
  const fill = (template: string) =>
    template.replace(/\{(\w+)\}/g, (hole, name: string) => String(found.particulars[name] ?? hole));
  return {
    severity: entry.severity,
    text: fill(language === 'fr' ? entry.fr : entry.en),
    remedy: fill(language === 'fr' ? entry.remedyFr : entry.remedyEn),
  };
}
