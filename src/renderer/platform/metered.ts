import { z } from 'zod'

/** What Chromium knows of the connection. TypeScript's DOM does not have it. */
const connectionSchema = z
  .object({ saveData: z.boolean().catch(false), type: z.string().catch('') })
  .catch({ saveData: false, type: '' })

/** Whether the connection costs by use, as far as the system says so. Then files are downloaded on request only. */
export function isMetered(): boolean {
  const { saveData, type } = connectionSchema.parse(Reflect.get(navigator, 'connection'))
  return saveData || type === 'cellular'
}
