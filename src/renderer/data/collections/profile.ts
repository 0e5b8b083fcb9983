import { parseOwnProfile } from '../converters.ts'
import { followOne } from '../reading.ts'
import { userDocument, type Follow } from './collection.ts'

export const profile: Follow<'profile'> = ({ db, me, context }, _since, listener) =>
  followOne(context, userDocument(db, me), { parse: parseOwnProfile, missing: [] }, listener)
