import { Toolbar } from '@base-ui/react/toolbar'
import { EmojiPicker as Picker, type EmojiData } from 'frimousse'
import Apple from 'lucide-react/icons/apple'
import Car from 'lucide-react/icons/car'
import Clock3 from 'lucide-react/icons/clock-3'
import Flag from 'lucide-react/icons/flag'
import Hand from 'lucide-react/icons/hand'
import Heart from 'lucide-react/icons/heart'
import Leaf from 'lucide-react/icons/leaf'
import Lightbulb from 'lucide-react/icons/lightbulb'
import Smile from 'lucide-react/icons/smile'
import Volleyball from 'lucide-react/icons/volleyball'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { defaultSettings, type EmojiTone } from '#shared/settings.ts'
import { useServices } from '../../services/use-services.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { useShowError } from '../../ui/use-show-error.ts'
import { addRecent, emojiData, nextTone, RECENT, withRecent } from './emoji-data.ts'
import styles from './EmojiPicker.module.css'

/** By the number of the category. */
const icons: Readonly<Record<number, typeof Smile>> = {
  [RECENT]: Clock3,
  0: Smile,
  1: Hand,
  3: Leaf,
  4: Apple,
  5: Car,
  6: Volleyball,
  7: Lightbulb,
  8: Heart,
  9: Flag,
}

/** A separate chunk, loaded when the picker is first opened. It includes the emoji data, so nothing is fetched. */
export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const { t } = useTranslation()
  const { app } = useServices()
  const showError = useShowError()
  const { recentEmoji, emojiTone } = useAppStore(({ settings }) => settings ?? defaultSettings)
  const [all] = useState(() => emojiData(app.platform))
  const [browsed] = useState(() => withRecent(all, recentEmoji, t('conversation.recentEmoji')))
  const [isSearching, setSearching] = useState(false)
  const viewport = useRef<HTMLDivElement>(null)
  const [current, setCurrent] = useState(browsed.categories[0]?.label)

  return (
    <Picker.Root
      className={styles['picker']}
      columns={9}
      skinTone={emojiTone}
      // A search would find the recent emoji twice. The picker asks for other data only when the locale changes.
      locale={isSearching ? 'en' : 'en-x-recent'}
      resolveEmojiData={(locale) => (locale === 'en' ? all : browsed)}
      onEmojiSelect={({ emoji }) => {
        app.updateSettings({ recentEmoji: addRecent(recentEmoji, emoji) }).catch(showError)
        onPick(emoji)
      }}
    >
      <div className={styles['head']}>
        <Picker.Search
          className={styles['search']}
          autoFocus
          aria-label={t('conversation.findEmoji')}
          placeholder={t('conversation.findEmoji')}
          onChange={(event) => setSearching(event.target.value.trim() !== '')}
        />
        <ToneButton
          tone={emojiTone}
          name={emojiTone === 'none' ? t('conversation.defaultTone') : all.skinTones[emojiTone]}
          onTone={(tone) => void app.updateSettings({ emojiTone: tone }).catch(showError)}
        />
      </div>
      {!isSearching && (
        <Tabs
          categories={browsed.categories}
          current={current}
          onPick={(label) => {
            const view = viewport.current
            const top = placesIn(view).find((place) => place.label === label)?.top
            view?.scrollTo({ top: top ?? 0 })
          }}
        />
      )}
      <Picker.Viewport
        ref={viewport}
        className={styles['viewport']}
        onScroll={({ currentTarget: view }) =>
          setCurrent(placesIn(view).findLast(({ top }) => top <= view.scrollTop + 1)?.label)
        }
      >
        <Picker.Empty className={styles['none']}>{t('conversation.noEmoji')}</Picker.Empty>
        <Picker.List
          className={styles['list']}
          components={{
            CategoryHeader: ({ category, ...props }) => (
              <div className={styles['category']} data-category={category.label} {...props}>
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

/** Returns where each category starts in the viewport, in px. */
function placesIn(viewport: HTMLElement | null): { label: string | undefined; top: number }[] {
  const sections = viewport?.querySelectorAll<HTMLElement>('[frimousse-list-sizer] > [frimousse-category]')
  return [...(sections ?? [])].map((section) => ({
    label: section.querySelector<HTMLElement>('[data-category]')?.dataset['category'],
    top: section.offsetTop,
  }))
}

interface TabsProps {
  categories: EmojiData['categories']
  /** The label of the category in view. */
  current: string | undefined
  onPick: (label: string) => void
}

/** One tab stop: arrow keys move between the categories. */
function Tabs({ categories, current, onPick }: TabsProps) {
  const { t } = useTranslation()
  return (
    <Toolbar.Root className={styles['tabs']} aria-label={t('conversation.emojiCategories')}>
      {categories.map(({ index, label }) => {
        const Icon = icons[index] ?? Smile
        return (
          <Toolbar.Button
            key={index}
            render={
              <IconButton
                label={label}
                className={styles['tab']}
                aria-current={label === current}
                onClick={() => onPick(label)}
              >
                <Icon size={18} aria-hidden />
              </IconButton>
            }
          />
        )
      })}
    </Toolbar.Root>
  )
}

interface ToneButtonProps {
  tone: EmojiTone
  name: string
  onTone: (tone: EmojiTone) => void
}

/** Changes to the next skin tone with each click. */
function ToneButton({ tone, name, onTone }: ToneButtonProps) {
  const { t } = useTranslation()
  return (
    <Picker.SkinTone>
      {({ skinToneVariations }) => (
        <IconButton
          className={styles['tone']}
          label={t('conversation.skinTone', { tone: name })}
          onClick={() => onTone(nextTone(tone))}
        >
          {skinToneVariations.find(({ skinTone }) => skinTone === tone)?.emoji}
        </IconButton>
      )}
    </Picker.SkinTone>
  )
}
