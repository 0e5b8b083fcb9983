import { randomUUID } from 'node:crypto'
import { Notification, type ActivationArguments, type NotificationConstructorOptions } from 'electron'
import { z } from 'zod'
import { TEXT_LIMIT } from '#shared/messages/kinds/text.ts'
import type { Translate } from '../i18n.ts'
import type { ShownTargets, Target } from './shown-targets.ts'

/** What the person did with a notification. */
export type Activation = { do: 'open' } | { do: 'read' } | { do: 'reply'; text: string }

export interface Toast {
  title: string
  body: string
  silent: boolean
  target: Target
  /** The person may answer in the notification, where the system has this. */
  mayReply: boolean
  /** Offers to mark the chat as read, where the system has this. */
  mayMarkRead: boolean
  /** It was closed, by the person or the system, or clicked. */
  onGone: () => void
}

export interface ToastOptions {
  t: Translate
  platform: NodeJS.Platform
  /** What macOS passes to the app when it starts, for example because a notification was clicked. */
  launchInfo: unknown
  /** The notifications that the system may show, also after a restart of the app. */
  targets: ShownTargets
  onActivate: (target: Target, activation: Activation) => void
  /** The system refused to show a notification, or showed one after all. */
  onOutcome: (outcome: 'shown' | 'failed') => void
}

export interface Toasts {
  /** Shows a notification. The returned function closes it. */
  show(toast: Toast): () => void
  /** Closes all, also what an earlier run of the app has left and the system tells of. */
  clearAll(): void
}

/** The click or the answer that has started the app. */
const launchSchema = z.object({ identifier: z.string(), userText: z.string().optional() })

/** The systems whose notifications have a field for an answer. Buttons exist on all three. */
const canReply: Partial<Record<NodeJS.Platform, true>> = { win32: true, darwin: true }

/** Returns what the person wrote, or null when there is nothing to send. */
export function replyOf(text: string | undefined): Activation | null {
  const trimmed = (text ?? '').trim().slice(0, TEXT_LIMIT)
  return trimmed === '' ? null : { do: 'reply', text: trimmed }
}

/** Windows names the notification in its arguments (`type=click&tag=<id>`). */
export function idOfActivation(details: Pick<ActivationArguments, 'arguments'>): string | null {
  return new URLSearchParams(details.arguments).get('tag')
}

export function activationOf({
  type,
  reply,
}: Pick<ActivationArguments, 'type' | 'reply'>): Activation | null {
  if (type === 'reply') return replyOf(reply)
  return { do: type === 'action' ? 'read' : 'open' }
}

export function createToasts(options: ToastOptions): Toasts {
  const { t, platform, targets, onActivate, onOutcome } = options
  // The references also protect the notifications, and their listeners, from garbage collection.
  const shown = new Map<string, { notification: Notification; onGone: () => void }>()

  function forget(id: string): void {
    const entry = shown.get(id)
    shown.delete(id)
    targets.remove(id)
    entry?.onGone()
  }

  function activate(id: string, activation: Activation | null): void {
    const target = targets.get(id)
    forget(id)
    if (target !== undefined && activation !== null) onActivate(target, activation)
  }

  /** Windows reports every activation to one handler, also that of a notification which started the app. */
  if (platform === 'win32')
    Notification.handleActivation((details) => {
      const id = idOfActivation(details)
      if (id !== null) activate(id, activationOf(details))
    })

  function listen(id: string, notification: Notification): void {
    notification.on('show', () => onOutcome('shown'))
    notification.on('failed', () => onOutcome('failed'))
    // On Windows a notification also closes when it moves to the notification center, where it can still be clicked.
    notification.on('close', ({ reason }) => {
      if (reason !== 'timedOut') forget(id)
    })
    if (platform === 'win32') return
    notification.on('click', () => activate(id, { do: 'open' }))
    notification.on('reply', ({ reply }) => activate(id, replyOf(reply)))
    notification.on('action', () => activate(id, { do: 'read' }))
  }

  const launch = launchSchema.safeParse(options.launchInfo).data
  if (platform === 'darwin' && launch !== undefined)
    activate(launch.identifier, replyOf(launch.userText) ?? { do: 'open' })

  /** After a restart, a Mac still shows earlier notifications, and their clicks arrive here. */
  if (platform === 'darwin')
    void Notification.getHistory().then((earlier) => {
      for (const notification of earlier) {
        if (shown.has(notification.id) || targets.get(notification.id) === undefined) continue
        shown.set(notification.id, { notification, onGone: () => undefined })
        listen(notification.id, notification)
      }
    })

  function optionsOf(id: string, toast: Toast): NotificationConstructorOptions {
    const reply = toast.mayReply && canReply[platform] === true
    return {
      id,
      title: toast.title,
      body: toast.body,
      silent: toast.silent,
      ...(reply && { hasReply: true, replyPlaceholder: t('notification.reply') }),
      ...(toast.mayMarkRead && { actions: [{ type: 'button', text: t('notification.markRead') }] }),
    }
  }

  return {
    show(toast) {
      const id = randomUUID()
      const notification = new Notification(optionsOf(id, toast))
      shown.set(id, { notification, onGone: toast.onGone })
      targets.add(id, toast.target)
      listen(id, notification)
      notification.show()
      return () => {
        shown.delete(id)
        targets.remove(id)
        notification.close()
      }
    },
    clearAll() {
      for (const [id, { notification }] of shown) {
        forget(id)
        notification.close()
      }
      targets.clear()
    },
  }
}
