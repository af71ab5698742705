/** A notice as LIDO 1.1, in French. http://www.lido-schema.org/schema/v1.1/lido-v1.1.html */
import { escapeXml } from './escape.ts';
import { addressesOf, creditOf, type DemonstrationObject, dimensionsText, materialsOf } from './objects.ts';
import type { Workspace } from './workspaces.ts';

export const LIDO = {
  prefix: 'lido',
  schema: 'http://lido-schema.org/schema/v1.1/lido-v1.1.xsd',
  namespace: 'http://www.lido-schema.org',
} as const;

/** The event type "production" as LIDO's own terminology writes it. */
const PRODUCTION = 'http://terminology.lido-schema.org/lido00007';

type Attributes = Readonly<Record<string, string>>;

const element = (name: string, content: string, attributes: Attributes = {}): string => {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(value)}"`);
  return `<lido:${name}${written.join('')}>${content}</lido:${name}>`;
};
const leaf = (name: string, text: string, attributes: Attributes = {}): string =>
  element(name, escapeXml(text), attributes);
const term = (text: string): string => leaf('term', text, { 'xml:lang': 'fr' });
const appellation = (text: string): string => leaf('appellationValue', text);

function classification(object: DemonstrationObject): string {
  return element(
    'objectClassificationWrap',
    element('objectWorkTypeWrap', element('objectWorkType', term(object.name.name))) +
      element(
        'classificationWrap',
        element('classification', term(object.domain), { 'lido:type': 'domaine' }) +
          element('classification', term(object.name.use), { 'lido:type': 'utilisation' }),
      ),
  );
}

function identification(workspace: Workspace, object: DemonstrationObject): string {
  const note = (text: string) => leaf('descriptiveNoteValue', text);
  const inscriptions = object.inscription
    ? element('inscriptionsWrap', element('inscriptions', leaf('inscriptionTranscription', object.inscription)))
    : '';
  return element(
    'objectIdentificationWrap',
    element('titleWrap', element('titleSet', appellation(object.title ?? object.name.name))) +
      inscriptions +
      element(
        'repositoryWrap',
        element(
          'repositorySet',
          element('repositoryName', element('legalBodyName', appellation(workspace.title))) +
            leaf('workID', object.inventoryNumber, { 'lido:type': 'numéro d’inventaire' }),
          { 'lido:type': 'current' },
        ),
      ) +
      element('objectDescriptionWrap', element('objectDescriptionSet', note(object.description))) +
      element(
        'objectMeasurementsWrap',
        element('objectMeasurementsSet', leaf('displayObjectMeasurements', dimensionsText(object))),
      ),
  );
}

function eventType(workspace: Workspace, label: string): string {
  if (workspace.fault !== 'types-en-uri') return element('eventType', term(label));
  return element(
    'eventType',
    leaf('conceptID', PRODUCTION, { 'lido:type': 'http://terminology.lido-schema.org/lido00099' }),
  );
}

function events(workspace: Workspace, object: DemonstrationObject): string {
  const place = element(
    'eventPlace',
    leaf('displayPlace', object.place) + element('place', element('namePlaceSet', appellation(object.place))),
  );
  const usedThere = object.placeRole === 'lieu d’utilisation' && workspace.fault !== 'types-en-uri';
  const actor = element(
    'eventActor',
    element('actorInRole', element('actor', element('nameActorSet', appellation('anonyme')))),
  );
  const materials = materialsOf(object)
    .map((material) => element('termMaterialsTech', term(material), { 'lido:type': 'material' }))
    .join('');
  const production = element(
    'event',
    eventType(workspace, 'Production') +
      (object.anonymous ? actor : '') +
      element('eventDate', leaf('displayDate', object.date.text)) +
      (usedThere ? '' : place) +
      element(
        'eventMaterialsTech',
        leaf('displayMaterialsTech', object.material) + element('materialsTech', materials),
      ),
  );
  const use = element('event', eventType(workspace, 'Utilisation') + place);
  return element('eventWrap', element('eventSet', production) + (usedThere ? element('eventSet', use) : ''));
}

function subjects(object: DemonstrationObject): string {
  const sets = [object.name.trade, ...object.subjects].map((subject) =>
    element('subjectSet', element('subject', element('subjectConcept', term(subject)))),
  );
  return element('objectRelationWrap', element('subjectWrap', sets.join('')));
}

function administration(workspace: Workspace, object: DemonstrationObject, page: string, picture: string): string {
  const rights = element(
    'rightsType',
    leaf('conceptID', 'https://creativecommons.org/publicdomain/zero/1.0/') + term('CC0 1.0'),
  );
  const resource = element(
    'resourceWrap',
    element(
      'resourceSet',
      element('resourceRepresentation', leaf('linkResource', picture, { 'lido:formatResource': 'image/svg+xml' }), {
        'lido:type': 'image_thumb',
      }) +
        element('resourceType', term('image')) +
        element('rightsResource', rights + leaf('creditLine', creditOf(workspace))),
    ),
  );
  return element(
    'administrativeMetadata',
    element('rightsWorkWrap', element('rightsWorkSet', rights + leaf('creditLine', creditOf(workspace)))) +
      element(
        'recordWrap',
        leaf('recordID', object.id, { 'lido:type': 'local' }) +
          element('recordType', term('notice')) +
          element('recordSource', element('legalBodyName', appellation(workspace.title))) +
          element('recordInfoSet', leaf('recordInfoLink', page) + leaf('recordMetadataDate', object.modified)),
      ) +
      (object.pictured ? resource : ''),
    { 'xml:lang': 'fr' },
  );
}

/** The `metadata` of one object, as XML. `base` is the stand-in's address. */
export function lido(base: string, workspace: Workspace, object: DemonstrationObject): string {
  const { page, picture } = addressesOf(base, workspace, object.id);
  return element(
    'lido',
    leaf('lidoRecID', `${workspace.name}/${object.id}`, { 'lido:type': 'local' }) +
      element(
        'descriptiveMetadata',
        classification(object) + identification(workspace, object) + events(workspace, object) + subjects(object),
        { 'xml:lang': 'fr' },
      ) +
      administration(workspace, object, page, picture),
    { 'xmlns:lido': LIDO.namespace },
  );
}
