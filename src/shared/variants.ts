import { z } from 'zod'

/**
 * A union of the schemas in a registry. `tag`: the property of a value that names its entry in the registry. `schema`: the property
 * of an entry that holds the schema. Only the schema of the named entry runs, so the cost does not grow with the registry. The schemas
 * must not transform their input: the result is the value as it was given.
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
