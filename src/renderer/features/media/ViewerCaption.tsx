import { useTranslation } from 'react-i18next'
import { displayName, displayText, personTitle } from '#shared/domain/display-text.ts'
import type { UserId } from '#shared/domain/ids.ts'
import { NAME_LIMIT } from '#shared/domain/person.ts'
import { copyTextOf } from '#shared/messages/body.ts'
import type { Message } from '#shared/messages/envelope.ts'
import { TEXT_LIMIT } from '#shared/messages/kinds/text.ts'
import { mentionNames } from '#shared/messages/mentions.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import styles from './Viewer.module.css'

/** The words of a photo or video, without formatting. */
export function ViewerCaption({ me, message }: { me: UserId; message: Message }) {
  const { t } = useTranslation()
  const people = useAppStore((state) => state.people)
  const chat = useAppStore(({ chats }) => chats.get(message.chatId))
  const ownName = useAppStore((state) => state.account?.profile?.displayName ?? '')
  const nameOf = (userId: UserId): string =>
    (userId === me ? displayName(ownName, NAME_LIMIT) : personTitle(people.get(userId))) ||
    t('app.unknownPerson')
  const text = copyTextOf(message.body, mentionNames(chat, nameOf, t('mention.everyone')))
  if (text === null) return null
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable element must be reachable by keyboard
    <p className={styles['caption']} dir="auto" tabIndex={0}>
      {displayText(text, TEXT_LIMIT)}
    </p>
  )
}
