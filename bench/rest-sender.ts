import { encodeFields } from '../scripts/lib/emulator-rest.ts'
import type { DemoPerson } from '../scripts/lib/demo.ts'
import type { Backend } from '../src/shared/backend.ts'
import type { ChatId } from '../src/shared/domain/ids.ts'

/** A member who writes by REST, so that many of them fit on one machine. The rules apply to them as to everybody. */
export class RestSender {
  readonly #url: string
  readonly #documents: string
  readonly #person: DemoPerson
  readonly #headers: Record<string, string>
  #seq = 0

  constructor({ emulator, firebase }: Backend, person: DemoPerson) {
    if (emulator === null) throw new Error('This works only with the local backend.')
    this.#documents = `projects/${firebase.projectId}/databases/(default)/documents`
    this.#url = `http://${emulator.host}:${String(emulator.firestorePort)}/v1/${this.#documents}:commit`
    this.#person = person
    const authorization = `Bearer ${unsignedToken(firebase.projectId, person)}`
    this.#headers = { authorization, 'content-type': 'application/json' }
  }

  /** Writes a text to a group as the app does. Resolves when it is accepted. */
  async send(chatId: ChatId, id: string, text: string): Promise<void> {
    this.#seq += 1
    const body = JSON.stringify({ writes: this.#writes(chatId, id, text) })
    const response = await fetch(this.#url, { method: 'POST', headers: this.#headers, body })
    const answer = await response.text()
    if (!response.ok) throw new Error(`${this.#person.displayName}: ${String(response.status)} ${answer}`)
  }

  /** The message and its chat (docs/WIRE.md). */
  #writes(chatId: ChatId, id: string, text: string): object[] {
    const chat = `${this.#documents}/chats/${chatId}`
    const message = {
      senderId: this.#person.id,
      seq: this.#seq,
      body: { kind: 'text', text },
      editedAt: null,
      deletedAt: null,
    }
    const now = (fieldPath: string): object => ({ fieldPath, setToServerValue: 'REQUEST_TIME' })
    const plusOne = (fieldPath: string): object => ({ fieldPath, increment: { integerValue: '1' } })
    return [
      {
        update: { name: `${chat}/messages/${id}`, fields: encodeFields(message) },
        updateTransforms: ['sentAt', 'updatedAt'].map(now),
        currentDocument: { exists: false },
      },
      {
        update: { name: chat, fields: encodeFields({ last: { id, ...message }, changed: id }) },
        updateMask: { fieldPaths: ['last', 'changed'] },
        updateTransforms: [
          ...['last.sentAt', 'last.updatedAt', 'updatedAt'].map(now),
          ...['messageCount', 'revision'].map(plusOne),
        ],
        currentDocument: { exists: true },
      },
    ]
  }
}

/** An ID token as the emulator accepts it: it checks no signature. */
function unsignedToken(projectId: string, { id, phone }: DemoPerson): string {
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')
  const seconds = Math.floor(Date.now() / 1000)
  const claims = {
    iss: `https://securetoken.google.com/${projectId}`,
    aud: projectId,
    sub: id,
    user_id: id,
    phone_number: phone,
    iat: seconds,
    exp: seconds + 3600,
    firebase: { sign_in_provider: 'phone', identities: { phone: [phone] } },
  }
  return `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.`
}
