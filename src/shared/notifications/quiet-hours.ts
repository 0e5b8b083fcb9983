import { z } from 'zod'

const minuteSchema = z.number().int().min(0).max(1439)

/** Hours without notifications. `from`, `to`: minutes after midnight, local time; equal ones mean a whole day. */
export const quietHoursSchema = z.strictObject({
  enabled: z.boolean(),
  from: minuteSchema,
  to: minuteSchema,
  /** The days on which they begin; 0: Sunday. */
  days: z.array(z.number().int().min(0).max(6)).max(7),
  exceptMentions: z.boolean(),
  exceptPinned: z.boolean(),
})
export type QuietHours = z.infer<typeof quietHoursSchema>

/** Returns when the quiet hours that contain `now` end; null: none do. Both are ms by the local clock. */
export function quietUntil({ enabled, from, to, days }: QuietHours, now: number): number | null {
  if (!enabled) return null
  const today = new Date(now)
  /** A minute of a day by the calendar, so that hours keep their names when the clock changes. */
  const at = (day: number, minute: number): number =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() + day, 0, minute).getTime()
  const ends = [-1, 0].flatMap((day) => {
    const start = new Date(at(day, from))
    const end = at(to > from ? day : day + 1, to)
    return days.includes(start.getDay()) && start.getTime() <= now && now < end ? [end] : []
  })
  return ends.length === 0 ? null : Math.max(...ends)
}
