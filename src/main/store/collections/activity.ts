import { mergeIntoActivity } from '../activities.ts'
import type { ApplyItem } from './collection.ts'

export const activity: ApplyItem<'activity'> = mergeIntoActivity
