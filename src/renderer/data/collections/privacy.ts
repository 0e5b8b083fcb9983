import { defaultPrivacy } from '#shared/domain/account.ts'
import { doc } from 'firebase/firestore'
import { parseSettings } from '../converters.ts'
import { followOne } from '../reading.ts'
import { userDocument, type Follow } from './collection.ts'

/** Without a document everyone may see when this person is online. */
export const privacy: Follow<'privacy'> = ({ db, me, context }, _since, listener) =>
  followOne(
    context,
    doc(userDocument(db, me), 'private', 'settings'),
    { parse: parseSettings, missing: [defaultPrivacy] },
    listener,
  )
