import { parseContact } from '../converters.ts'
import { followOwn } from './collection.ts'

export const contacts = followOwn<'contacts'>('contacts', parseContact)
