import type { Message } from '#shared/messages/envelope.ts'

/** How the server responded to an intent. Only messages and uploads can fail; other intents are dropped. */
export type Outcome =
  | { outcome: 'done' }
  | { outcome: 'dropped' }
  | { outcome: 'failed'; failure: NonNullable<Message['failure']> }
