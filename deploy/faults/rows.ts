/** Rows made from what the provider of connectors/partners can be told to do. */
import type { Fault as Misbehaviour } from '#connectors/partners/oai-provider/faults.ts';
import type { Family, Fault, Partner, Stage } from './fault.ts';
import { Repository, type RepositoryOptions } from './repository.ts';

type Kind = Misbehaviour['kind'];

/** For ever. */
export const ALWAYS = Number.POSITIVE_INFINITY;

export interface PageOptions extends Partial<Misbehaviour> {
  readonly name?: string;
  readonly repository?: RepositoryOptions;
  readonly partner?: Partial<Partner>;
}

/** From page 2 on and for ever, unless told otherwise: it lasts until the partner mends it. */
export function onPages(family: Family, rows: readonly (readonly [Kind, string, string, PageOptions?])[]): Fault[] {
  return rows.map(([kind, fr, en, options = {}]) => row(family, kind, [fr, en], options));
}

function row(family: Family, kind: Kind, [fr, en]: readonly [string, string], options: PageOptions): Fault {
  const { name = kind, repository = {}, partner = {}, ...where } = options;
  return {
    name,
    family,
    fr,
    en,
    placed: where.record === undefined && where.verb === undefined,
    start: async ({ clock }, place) => {
      const { at = 2, times = ALWAYS, ...what } = where;
      const faults = [{ kind, ...what, at: place?.at ?? at, times: place?.times ?? times }];
      return (await Repository.start(clock, { ...repository, faults })).partner(partner);
    },
  };
}

/** A repository that a play sets up by itself. */
export function set(
  family: Family,
  name: string,
  [fr, en]: readonly [string, string],
  setUp: (repository: Repository, stage: Stage) => Partner,
  options: RepositoryOptions = {},
): Fault {
  return {
    name,
    family,
    fr,
    en,
    start: async (stage) => setUp(await Repository.start(stage.clock, options), stage),
  };
}
