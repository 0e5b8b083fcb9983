import { EmojiPicker as Picker } from 'frimousse'
import { useTranslation } from 'react-i18next'
import { useServices } from '../../services/use-services.ts'
import styles from './EmojiPicker.module.css'
import { emojiData } from './emoji-data.ts'

/** A separate chunk, loaded when the picker is first opened. It includes the emoji data, so nothing is fetched. */
export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const { t } = useTranslation()
  const { platform } = useServices().app
  return (
    <Picker.Root
      className={styles['picker']}
      columns={9}
      resolveEmojiData={() => emojiData(platform)}
      onEmojiSelect={({ emoji }) => onPick(emoji)}
    >
      <Picker.Search
        className={styles['search']}
        autoFocus
        aria-label={t('conversation.findEmoji')}
        placeholder={t('conversation.findEmoji')}
      />
      <Picker.Viewport className={styles['viewport']}>
        <Picker.Empty className={styles['none']}>{t('conversation.noEmoji')}</Picker.Empty>
        <Picker.List
          className={styles['list']}
          components={{
            CategoryHeader: ({ category, ...props }) => (
              <div className={styles['category']} {...props}>
                {category.label}
              </div>
            ),
            // The picker counts rows and columns from 0, ARIA from 1.
            Row: ({ 'aria-rowindex': index = 0, ...props }) => (
              <div className={styles['row']} aria-rowindex={index + 1} {...props} />
            ),
            Emoji: ({ emoji, 'aria-colindex': index = 0, ...props }) => (
              <button
                type="button"
                role="gridcell"
                className={styles['emoji']}
                aria-colindex={index + 1}
                {...props}
              >
                {emoji.emoji}
              </button>
            ),
          }}
        />
      </Picker.Viewport>
    </Picker.Root>
  )
}
