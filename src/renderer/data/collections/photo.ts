import { doc } from 'firebase/firestore'
import { parsePhoto } from '../converters.ts'
import { followOne } from '../reading.ts'
import { userDocument, type Follow } from './collection.ts'

export const photo: Follow<'photo'> = ({ db, me, context }, _since, listener) =>
  followOne(
    context,
    doc(userDocument(db, me), 'private', 'photo'),
    { parse: parsePhoto, missing: [{ photo: null }] },
    listener,
  )
