import { Tabs } from '@base-ui/react/tabs'
import X from 'lucide-react/icons/x'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { contentSchema, type Content } from '#shared/bridge/replica.ts'
import type { ChatId, UserId } from '#shared/domain/ids.ts'
import { useServices } from '../../services/use-services.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { shortcuts } from '../../ui/shortcuts.ts'
import { SidePane } from '../../ui/SidePane.tsx'
import { ContentList } from './ContentList.tsx'
import styles from './MediaPane.module.css'

/** The photos, files, voice messages and links of a chat, in place of its details. */
export function MediaPane({ chatId, me }: { chatId: ChatId; me: UserId }) {
  const { t } = useTranslation()
  const { app } = useServices()
  const [shown, setShown] = useState<Content>('media')
  return (
    <SidePane
      title={t('mediaView.gallery')}
      back={{ label: t('mediaView.backToDetails'), onBack: () => app.navigate({ mediaOpen: false }) }}
      actions={
        <IconButton
          label={t('people.closeDetails')}
          shortcut={shortcuts.back.keys}
          onClick={() => app.navigate({ detailsOpen: false, mediaOpen: false })}
        >
          <X size={20} aria-hidden />
        </IconButton>
      }
    >
      <Tabs.Root value={shown} onValueChange={(value) => setShown(contentSchema.parse(value))}>
        <Tabs.List className={styles['tabs']} activateOnFocus>
          {contentSchema.options.map((content) => (
            <Tabs.Tab key={content} value={content} className={styles['tab']}>
              {t(`mediaView.tabs.${content}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={shown} className={styles['panel']}>
          <ContentList key={`${chatId} ${shown}`} chatId={chatId} me={me} of={shown} />
        </Tabs.Panel>
      </Tabs.Root>
    </SidePane>
  )
}
