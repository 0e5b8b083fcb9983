import { useTranslation } from 'react-i18next'
import { useAppStore } from '../stores/use-app-store.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Keys } from '../ui/Keys.tsx'
import { keysOf, shortcutNames, shortcuts, type ShortcutGroup } from '../ui/shortcuts.ts'
import styles from './ShortcutSheet.module.css'

const groups = ['navigate', 'chat', 'write'] as const satisfies readonly ShortcutGroup[]

/** Lists the shortcuts of shortcuts.ts. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const enterSends = useAppStore((state) => state.settings?.enterSends ?? true)
  return (
    <Dialog open onClose={onClose} title={t('app.shortcuts')} closeLabel={t('app.close')} wide>
      <div className={styles['groups']}>
        {groups.map((group) => (
          <section key={group} className={styles['group']} aria-labelledby={`shortcuts-${group}`}>
            <h3 id={`shortcuts-${group}`} className={styles['heading']}>
              {t(`shortcuts.groups.${group}`)}
            </h3>
            <dl>
              {shortcutNames
                .filter((name) => shortcuts[name].group === group)
                .map((name) => (
                  <div key={name} className={styles['row']}>
                    <dt>{t(`shortcuts.${name}`)}</dt>
                    <dd className={styles['choices']}>
                      {keysOf(name, enterSends).map((keys) => (
                        <Keys key={keys} shortcut={keys} />
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  )
}
