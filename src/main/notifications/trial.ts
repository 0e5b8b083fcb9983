import { Notification } from 'electron'
import type { Translate } from '../i18n.ts'

/** How long the system has to show a notification. */
const TRIAL_MS = 3000

/** Shows a trial notification. Linux reports no failure: there, and where the system says nothing, a notification counts as shown in the end. */
export function showTrial(t: Translate, sound: boolean): Promise<'shown' | 'failed'> {
  if (!Notification.isSupported()) return Promise.resolve('failed')
  return new Promise((resolve) => {
    const notification = new Notification({
      title: t('notification.trialTitle'),
      body: t('notification.trial'),
      silent: !sound,
    })
    const timer = setTimeout(() => resolve('shown'), TRIAL_MS)
    const end = (outcome: 'shown' | 'failed') => (): void => {
      clearTimeout(timer)
      resolve(outcome)
    }
    notification.on('show', end('shown'))
    notification.on('failed', end('failed'))
    notification.show()
  })
}
