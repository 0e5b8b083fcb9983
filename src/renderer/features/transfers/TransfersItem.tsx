import { Popover } from '@base-ui/react/popover'
import CircleAlert from 'lucide-react/icons/circle-alert'
import { useEffect, useRef, useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { totalOf, type TransferTotal } from '../../stores/transfers.ts'
import { useAppStore } from '../../stores/use-app-store.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { ProgressRing } from '../../ui/media/ProgressRing.tsx'
import { LiveRegion } from '../../ui/VisuallyHidden.tsx'
import { TransferRow } from './TransferRow.tsx'
import styles from './Transfers.module.css'

/** In the rail while files are on their way, or a download has failed: how far all are, and their list. */
export function TransfersItem() {
  const { t } = useTranslation()
  const total = useAppStore(({ listed, transfers }) => totalOf(listed, transfers))
  const objects = useAppStore(({ listed }) => [...listed.keys()])
  const [open, setOpen] = useState(false)
  const popup = useFocusKept(open, objects.length)
  const isFailed = total !== null && total.count === 0
  return (
    <>
      <LiveRegion>{useAnnouncement(total)}</LiveRegion>
      {(total !== null || open) && (
        <Popover.Root open={open} onOpenChange={setOpen}>
          <Popover.Trigger
            render={
              <IconButton
                label={
                  isFailed
                    ? t('transfers.failed', { count: total.failed })
                    : t('transfers.button', { count: total?.count ?? 0 })
                }
                size="l"
                side="inline-end"
              >
                {isFailed ? (
                  <CircleAlert className={styles['failed']} size={20} aria-hidden />
                ) : (
                  <ProgressRing small share={total?.share ?? null} />
                )}
              </IconButton>
            }
          />
          <Popover.Portal>
            <Popover.Positioner className={styles['positioner']} side="inline-end" align="end" sideOffset={8}>
              <Popover.Popup ref={popup} className={styles['popup']}>
                <Popover.Title className={styles['title']}>{t('transfers.title')}</Popover.Title>
                {objects.length === 0 && <p className={styles['none']}>{t('transfers.none')}</p>}
                <ul className={styles['list']}>
                  {objects.map((object) => (
                    <TransferRow key={object} object={object} onGoTo={() => setOpen(false)} />
                  ))}
                </ul>
              </Popover.Popup>
            </Popover.Positioner>
          </Popover.Portal>
        </Popover.Root>
      )}
    </>
  )
}

/** Returns a ref for the list. When the row with the focus goes, the list gets the focus, so that keys still work. */
function useFocusKept(open: boolean, count: number): RefObject<HTMLDivElement | null> {
  const popup = useRef<HTMLDivElement>(null)
  const before = useRef(count)
  useEffect(() => {
    const isGone = count < before.current
    before.current = count
    if (open && isGone && document.activeElement === document.body) popup.current?.focus()
  }, [open, count])
  return popup
}

/** What screen readers hear: that files are on their way, that some have failed, and that none is left. Not how far they are. */
function useAnnouncement(total: TransferTotal | null): string {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const before = useRef({ count: 0, failed: 0 })
  const count = total?.count ?? 0
  const failed = total?.failed ?? 0
  useEffect(() => {
    const last = before.current
    before.current = { count, failed }
    if (failed > last.failed) setText(t('transfers.failed', { count: failed }))
    else if (count > 0 && last.count === 0) setText(t('transfers.button', { count }))
    else if (count === 0 && last.count > 0) setText(t('transfers.none'))
  }, [count, failed, t])
  return text
}
