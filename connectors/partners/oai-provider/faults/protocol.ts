/** Faults of the protocol: what an answer says is not what the specification has it say. The XML stays well-formed. */
import type { InText } from './reply.ts';

const refusal = (code: string): InText => errors([[code, 'No.']]);
const errors = (given: readonly (readonly [string, string])[]): InText => {
  const said = given.map(([code, message]) => `<error code="${code}">${message}</error>`).join('');
  return (xml) => xml.replace(/<(ListRecords|ListIdentifiers|GetRecord|Identify)>[\s\S]*<\/\1>/, said);
};
const size = (said: string): InText => {
  return (xml) => xml.replace(/completeListSize="\d+"/, `completeListSize="${said}"`);
};
const responseDate = (date: (given: Date) => string): InText => {
  return (xml) => xml.replace(/(<responseDate>)([^<]*)/, (_all, tag, given) => tag + date(new Date(given)));
};
const datestamps = (date: (given: string) => string): InText => {
  return (xml) => xml.replace(/(<datestamp>)([^<]*)/g, (_all, tag, given) => tag + date(given));
};
const without = (name: string): InText => {
  return (xml) => xml.replace(new RegExp(`<${name}>[^<]*</${name}>`, 'g'), '');
};
const said = (name: string, value: string): InText => {
  return (xml) => xml.replace(new RegExp(`(<${name}>)[^<]*`), `$1${value}`);
};
const later = (given: Date, hours: number) =>
  `${new Date(given.getTime() + hours * 3_600_000).toISOString().slice(0, 19)}Z`;
const RECORD = /<record>[\s\S]*?<\/record>/g;
const recordsOf = (xml: string) => xml.match(RECORD) ?? [];

/** The first record of the page is not in it; the list says nothing of that. */
const skips: InText = (xml) => xml.replace(/<record>[\s\S]*?<\/record>/, '');

/** Unstable paging: the second record of a page comes twice, and the first not at all. */
const repeats: InText = (xml) => {
  const [first, second] = recordsOf(xml);
  return first === undefined || second === undefined ? xml : xml.replace(first, () => second);
};

export const IN_PROTOCOL = {
  'no-last-token': (xml) => xml.replace(/<resumptionToken[^>]*><\/resumptionToken>/, ''),
  'last-page-without-records': refusal('noRecordsMatch'),
  'refused-token': refusal('badResumptionToken'),
  'bad-argument': refusal('badArgument'),
  'bad-verb': refusal('badVerb'),
  'unknown-error': refusal('serverTooBusy'),
  'several-errors': errors([
    ['badArgument', 'No.'],
    ['badResumptionToken', 'Nor that.'],
  ]),
  'error-beside-records': (xml) => xml.replace(/<(ListRecords|ListIdentifiers)>/, '<error code="badArgument"/><$1>'),
  'wrong-size': size('99999'),
  'size-too-small': size('3'),
  'size-zero': size('0'),
  'size-negative': size('-1'),
  'size-in-words': size('environ 45'),
  'no-size': (xml) => xml.replace(/ completeListSize="\d+"/, ''),
  'skips-a-record': skips,
  'skips-a-header': (xml) => xml.replace(/<header[\s>][\s\S]*?<\/header>/, ''),
  'repeats-a-record': repeats,
  'same-record-twice': (xml) => xml.replace(/<record>[\s\S]*?<\/record>/, (record) => record + record),
  'token-in-the-past': (xml) =>
    xml.replace('<resumptionToken', '<resumptionToken expirationDate="2001-01-01T00:00:00Z"'),
  'token-on-lines': (xml) => xml.replace(/(<resumptionToken[^>]*>)([^<]+)/, '$1\n      $2\n    '),
  'token-first': (xml) => {
    const token = xml.match(/<resumptionToken[\s\S]*?<\/resumptionToken>/)?.[0] ?? '';
    return xml.replace(token, '').replace(/<(ListRecords|ListIdentifiers)>/, `<$1>${token}`);
  },
  'no-identifier': (xml) => xml.replace(/<identifier>[^<]*<\/identifier>/, ''),
  'no-metadata': (xml) => xml.replace(/<metadata>[\s\S]*?<\/metadata>/, ''),
  'empty-metadata': (xml) => xml.replace(/<metadata>[\s\S]*?<\/metadata>/, '<metadata/>'),
  'foreign-metadata': (xml) =>
    xml.replace(/<metadata>[\s\S]*?<\/metadata>/, '<metadata><erreur xmlns="">Panne</erreur></metadata>'),
  'no-header': (xml) => xml.replace(/<header>[\s\S]*?<\/header>/, ''),
  'no-datestamp': without('datestamp'),
  'datestamp-with-fractions': datestamps((given) => given.replace('Z', '.123Z')),
  'datestamp-with-offset': datestamps((given) => given.replace('Z', '+02:00')),
  'datestamp-in-days': datestamps((given) => given.slice(0, 10)),
  'datestamp-in-words': datestamps(() => 'hier'),
  'no-sets-in-headers': without('setSpec'),
  'deleted-with-metadata': (xml) =>
    xml.replace(
      /(<header status="deleted">[\s\S]*?<\/header>)(<\/record>)/g,
      '$1<metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Supprimée</dc:title></oai_dc:dc></metadata>$2',
    ),
  'with-about': (xml) =>
    xml.replaceAll('</metadata>', '</metadata><about><note xmlns="http://example.org/note/">Vérifié</note></about>'),
  'other-verb': (xml) => xml.replace(/(<\/?)ListRecords>/g, '$1ListIdentifiers>'),
  'wrong-namespace': (xml) => xml.replace('/OAI/2.0/"', '/OAI/1.1/"'),
  'no-namespace': (xml) => xml.replace('xmlns="http://www.openarchives.org/OAI/2.0/"', ''),
  'no-request': (xml) => xml.replace(/<request[^>]*>[^<]*<\/request>/, ''),
  'no-response-date': (xml) => xml.replace(/<responseDate>[^<]*/, '<responseDate>'),
  'response-date-a-day-ahead': responseDate((given) => later(given, 24)),
  'response-date-a-day-behind': responseDate((given) => later(given, -24)),
  'response-date-local': responseDate((given) => later(given, 2).slice(0, 19)),
  'response-date-in-words': responseDate(() => 'mardi'),
  'identify-in-days': said('granularity', 'YYYY-MM-DD'),
  'identify-without-granularity': without('granularity'),
  'identify-version-1': said('protocolVersion', '1.1'),
  'identify-without-policy': without('deletedRecord'),
  'earliest-in-the-future': said('earliestDatestamp', '2033-01-01T00:00:00Z'),
  'earliest-in-words': said('earliestDatestamp', 'toujours'),
  'no-earliest': without('earliestDatestamp'),
} satisfies Record<string, InText>;
