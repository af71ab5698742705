/**
 * The format `annuaire-education`: schools, as the ministry's directory gives them (data.education.gouv.fr, fr-en-annuaire-education, by its API or its CSV),
 * and in three spellings of the same register: the older dataset of addresses (numero_uai, appellation_officielle), the export of ACCE (CSV), and the
 * establishments of the apprenticeship catalogue (JSON). Telephone and fax numbers, e-mail addresses and the names of persons are never read.
 */
import type { Finding } from '#graph-schema/findings/finding.ts';
import type { Json } from '../../connector.ts';
import type { Format } from '../../format.ts';
import type { LocatedCut, ReadableFile, Tell } from '../reading/file.ts';
import { rowFromJson } from '../reading/json.ts';
import { Cells } from './cells.ts';
import { cutDialects } from './cut.ts';
import { mapSchool } from './map.ts';

/** The column that makes the identifier tells which spelling a table is in. */
const TABLES = ['identifiant_de_l_etablissement', 'numero_uai', 'Code établissement', 'uai'].map((id) => ({
  wanted: [],
  required: [id],
  id: [id],
}));

/** Where the answers of the APIs hold their rows. */
const LISTS = ['results', 'records', 'etablissements', 'data', 'items'];

export const annuaireEducation: Format = {
  name: 'annuaire-education',
  version: 1,
  cut: (file, _, tell) => cutSchools(file, tell),
  row: rowFromJson,
  map(row, context) {
    const notes: Finding[] = [];
    const mapped = mapSchool(row, context.id, notes);
    return 'rejected' in mapped || notes.length === 0 ? mapped : { ...mapped, notes };
  },
};

async function* cutSchools(file: ReadableFile, tell: Tell): AsyncGenerator<LocatedCut> {
  const isRow = (value: Json): boolean => schoolId(value) !== undefined;
  for await (const cut of cutDialects(file, TABLES, { lists: LISTS, id: schoolId, modified: changedOn, isRow }, tell))
    yield cut.kind === 'record' ? { ...cut, id: schoolId(cut.row) ?? cut.id } : cut;
}

/** In the apprenticeship catalogue several establishments share a UAI: there it is the SIRET that names one. */
function schoolId(row: Json): string | undefined {
  const cells = new Cells(row, '', []);
  return (
    cells.code('identifiant_de_l_etablissement', 'numero_uai', 'code_etablissement') ??
    cells.code('siret') ??
    cells.code('uai')
  );
}

function changedOn(row: Json): string | undefined {
  return new Cells(row, '', []).text('date_maj_ligne', 'updated_at');
}
