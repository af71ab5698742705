import type { Row } from '../compile/entity.ts';
import { builder, byKey, words } from './builder.ts';

export const PositionPrecision = builder.enumType('PositionPrecision', {
  description: words({ fr: 'De quoi la position est la position.', en: 'What the position is the position of.' }),
  values: {
    SITE: { value: 'site', description: words({ fr: 'Le lieu même.', en: 'The very place.' }) },
    STREET: { value: 'street', description: words({ fr: 'Sa rue.', en: 'Its street.' }) },
    COMMUNE: { value: 'commune', description: words({ fr: 'Sa commune.', en: 'Its commune.' }) },
    AREA: { value: 'area', description: words({ fr: 'Une zone plus large.', en: 'A wider area.' }) },
  },
});

export const Position = builder.objectRef<Row>('Position').implement({
  description: words({
    fr: 'Une position, WGS 84, en degrés décimaux. Ce qui n’a pas de position propre est montré à celle de sa commune, et `precision` le dit.',
    en: 'A position, WGS 84, in decimal degrees. What has none of its own is shown at that of its commune, and `precision` says so.',
  }),
  fields: (t) => ({
    latitude: t.float({
      nullable: false,
      description: words({ fr: 'Latitude nord.', en: 'Latitude north.' }),
      resolve: byKey,
    }),
    longitude: t.float({
      nullable: false,
      description: words({ fr: 'Longitude est.', en: 'Longitude east.' }),
      resolve: byKey,
    }),
    precision: t.field({
      type: PositionPrecision,
      nullable: false,
      description: words({ fr: 'De quoi c’est la position.', en: 'What it is the position of.' }),
      resolve: byKey,
    }),
  }),
});
