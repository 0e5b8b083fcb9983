import { useTranslation } from 'react-i18next'
import { Dialog } from '../ui/Dialog.tsx'
import { shortcutKeys, shortcuts } from '../ui/shortcuts.ts'
import styles from './ShortcutSheet.module.css'

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Dialog open onClose={onClose} title={t('app.shortcuts')} closeLabel={t('app.close')}>
      <dl>
        {Object.values(shortcuts).map(({ keys, label }) => (
          <div key={keys} className={styles['row']}>
            <dt>{t(label)}</dt>
            <dd className={styles['keys']}>
              {shortcutKeys(keys).map((key) => (
                <kbd key={key} className={styles['key']}>
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
