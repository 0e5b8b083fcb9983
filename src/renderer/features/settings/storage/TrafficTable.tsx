import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { displaySize } from '#shared/domain/display-size.ts'
import { useServices } from '../../../services/use-services.ts'
import { Button } from '../../../ui/Button.tsx'
import { useShowError } from '../../../ui/use-show-error.ts'
import { VisuallyHidden } from '../../../ui/VisuallyHidden.tsx'
import styles from './Storage.module.css'
import { useLoaded } from './use-loaded.ts'

const MONTHS = ['thisMonth', 'lastMonth'] as const

/** How many bytes of files were sent and received in this month and the one before. */
export function TrafficTable() {
  const { t, i18n } = useTranslation()
  const { storage } = useServices()
  const showError = useShowError()
  const { value, reload } = useLoaded(useCallback(async () => (await storage()).traffic(), [storage]))
  const reset = (): void => {
    storage()
      .then((service) => service.resetTraffic())
      .then(reload)
      .catch(showError)
  }
  return (
    <section className={styles['part']} aria-labelledby="storage-traffic">
      <h3 id="storage-traffic" className={styles['heading']}>
        {t('storage.traffic')}
      </h3>
      <div className={styles['row']}>
        <table className={styles['traffic']} aria-labelledby="storage-traffic">
          <thead>
            <tr>
              <th scope="col">
                <VisuallyHidden>{t('storage.month')}</VisuallyHidden>
              </th>
              <th scope="col">{t('storage.sent')}</th>
              <th scope="col">{t('storage.received')}</th>
            </tr>
          </thead>
          <tbody>
            {MONTHS.map((month) => (
              <tr key={month}>
                <th scope="row">{t(`storage.${month}`)}</th>
                <td>{displaySize(value?.[month].sent ?? 0, i18n.language)}</td>
                <td>{displaySize(value?.[month].received ?? 0, i18n.language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <Button onClick={reset}>{t('storage.reset')}</Button>
      </div>
    </section>
  )
}
