import { z } from 'zod'

/**
 * A union of the schemas in a registry. `tag` is the property whose value names the registry's entry, `schema` the entry's
 * property that holds its schema. Only the named schema is tried, so the cost does not grow with the registry. The schemas
 * must not transform their input.
 */
export function variants<S extends string, R extends Readonly<Record<string, Record<S, z.ZodType>>>>(
  tag: string,
  registry: R,
  schema: S,
): z.ZodType<z.infer<R[keyof R][S]>> {
  return z.custom<z.infer<R[keyof R][S]>>((value) => {
    const name = z.object({ [tag]: z.string() }).safeParse(value).data?.[tag] ?? ''
    const entry = Object.hasOwn(registry, name) ? registry[name] : undefined
    return entry?.[schema].safeParse(value).success === true
  })
}
