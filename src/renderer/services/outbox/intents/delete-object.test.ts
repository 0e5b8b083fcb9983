import { expect, it } from 'vitest'
import { chatIdSchema } from '#shared/domain/ids.ts'
import type { Photo } from '#shared/domain/photo.ts'
import { chatId, me, photo } from '#shared/domain/test-data.ts'
import type { IntentPayload } from '#shared/intents/index.ts'
import { definitionOf } from '#shared/intents/index.ts'
import { WireError } from '../../../data/wire-error.ts'
import { deleteObject } from './delete-object.ts'
import type { IntentContext } from './intent.ts'

const { object } = photo
const groupId = chatIdSchema.parse('Group000000000000001')

interface Wire {
  /** Whether a message of the chat has the object. */
  inMessage?: boolean
  ownPhoto?: Photo | null | WireError
  groupPhoto?: Photo | null
}

/** Runs the intent, and returns what it deletes. */
async function run(payload: IntentPayload<'deleteObject'>, wire: Wire): Promise<unknown[]> {
  const deleted: unknown[] = []
  const { inMessage = false, ownPhoto = null, groupPhoto = null } = wire
  const context = {
    wire: {
      messages: { hasObject: () => Promise.resolve(inMessage) },
      chats: { get: () => Promise.resolve({ group: { photo: groupPhoto } }) },
      owner: {
        photo: () => (ownPhoto instanceof WireError ? Promise.reject(ownPhoto) : Promise.resolve(ownPhoto)),
      },
    },
    transfers: {
      async deleteObject(...args: unknown[]) {
        deleted.push(args)
        return Promise.resolve({ outcome: 'done' })
      },
    },
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the test uses only these members
  const outcome = await deleteObject.write(context as unknown as IntentContext, payload)
  expect(outcome).toEqual({ outcome: 'done' })
  return deleted
}

it('leaves an object that another message of the chat has', async () => {
  expect(await run({ chatId, object }, { inMessage: true })).toEqual([])
  expect(await run({ chatId, object }, {})).toEqual([[{ chatId }, object]])
})

it('leaves an object that is still the photo of the group', async () => {
  expect(await run({ chatId: groupId, object }, { groupPhoto: photo })).toEqual([])
  expect(await run({ chatId: groupId, object }, {})).toEqual([[{ chatId: groupId }, object]])
})

it('leaves an object that is still the photo of this person, because the server refused the new one', async () => {
  expect(await run({ userId: me, object }, { ownPhoto: photo })).toEqual([])
  expect(await run({ userId: me, object }, {})).toEqual([[{ userId: me }, object]])
})

it('is tried again when the server cannot be asked', async () => {
  const offline = new WireError('offline')
  await expect(run({ userId: me, object }, { ownPhoto: offline })).rejects.toBe(offline)
})

it('waits for the new photo of this person, and for the upload of the old one', () => {
  const { dependsOn } = definitionOf('deleteObject')
  expect(dependsOn({ userId: me, object }).map(({ kind }) => kind)).toEqual(['photo', 'upload'])
  expect(dependsOn({ chatId, object })).toEqual([])
})
