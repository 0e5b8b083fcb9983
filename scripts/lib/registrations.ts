/*
 * The registries of the project and their entries, for the test that removes each entry: a missing registration must fail
 * `npm run check`.
 */

export interface Registry {
  /** Registries of one family register the same names in different layers. */
  family: string
  file: string
  /**
   * Where `npm run check` reports a missing entry. `other layers`: tsc reports the files of the same entry in the other layers,
   * because they no longer fit their types. `here`: tsc reports the registry that lacks the entry, or knip reports the entry's
   * file, because nothing imports it any more.
   */
  reported: 'other layers' | 'here'
}

export const registries: readonly Registry[] = [
  { family: 'kinds', file: 'src/shared/messages/kinds/index.ts', reported: 'other layers' },
  { family: 'kinds', file: 'src/renderer/features/conversation/kinds/index.ts', reported: 'here' },
  { family: 'intents', file: 'src/shared/intents/index.ts', reported: 'other layers' },
  { family: 'intents', file: 'src/renderer/services/outbox/intents/index.ts', reported: 'here' },
  { family: 'intents', file: 'src/main/store/intents/index.ts', reported: 'here' },
  { family: 'collections', file: 'src/shared/collections/index.ts', reported: 'other layers' },
  { family: 'collections', file: 'src/main/store/collections/index.ts', reported: 'here' },
  { family: 'collections', file: 'src/renderer/data/collections/index.ts', reported: 'here' },
  { family: 'migrations', file: 'src/main/store/migrations/index.ts', reported: 'here' },
  { family: 'store methods', file: 'src/main/store/methods.ts', reported: 'here' },
  { family: 'machine methods', file: 'src/main/bridge/machine-handlers.ts', reported: 'here' },
]

/** One registered name. */
export interface Registration {
  registry: Registry
  name: string
  /** The name of the file that implements it in this layer, without folder and extension; empty for a bridge method. */
  module: string
}

const importLine = /^import \{ (\w+) \} from '\.\/([\w.-]+)\.tsx?'\n/gm
/** A bridge method with its handler, if both are on one line. */
const methodLine = /^ +'([a-z]+\.[a-zA-Z]+)': .*,\n/gm

/** Returns the registrations in a registry's source: entries that it imports from its folder, and bridge methods. */
export function registrationsOf(registry: Registry, source: string): Registration[] {
  const listed = [...source.matchAll(importLine)]
    .map(([, name = '', module = '']) => ({ registry, name, module }))
    .filter(({ name }) => entryOf(name).test(source.replaceAll(importLine, '')))
  const methods = [...source.matchAll(methodLine)].map(([, name = '']) => ({ registry, name, module: '' }))
  return [...listed, ...methods]
}

/** Returns the source without the registration's import and entry. */
export function withoutRegistration(source: string, { name }: Registration): string {
  const keep = (line: string, found: string): string => (found === name ? '' : line)
  return source
    .replaceAll(importLine, keep)
    .replaceAll(methodLine, keep)
    .replace(entryOf(name), (_, before: string, after: string) =>
      after === ',' ? before : `${before.replace(',', '')}${after}`,
    )
}

/** Matches the name as an entry: alone between brackets and commas. */
function entryOf(name: string): RegExp {
  return new RegExp(String.raw`([[{,]\s*)${name}\s*([,}\]])`)
}
