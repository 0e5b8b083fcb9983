import Pause from 'lucide-react/icons/pause'
import Play from 'lucide-react/icons/play'
import X from 'lucide-react/icons/x'
import { useTranslation } from 'react-i18next'
import { personTitle } from '#shared/domain/display-text.ts'
import { clockDuration } from '#shared/domain/display-time.ts'
import { usePlayback } from '../services/voice/use-playback.ts'
import { useServices } from '../services/use-services.ts'
import type { PlayerState } from '../stores/player.ts'
import { useAppStore } from '../stores/use-app-store.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { useShowError } from '../ui/use-show-error.ts'
import styles from './PlayerBar.module.css'

/** Controls what is played, at the top of the window, while the message itself cannot be seen. */
export function PlayerBar() {
  const player = useAppStore((state) => state.player)
  return player !== null && <Bar player={player} />
}

function Bar({ player }: { player: PlayerState }) {
  const { t } = useTranslation()
  const { conversation, player: load } = useServices()
  const showError = useShowError()
  const { position, toggle, changeRate } = usePlayback(player.track)
  const title = useTitle(player)
  const isOn = player.phase === 'playing' || player.phase === 'loading'
  const { chatId } = player.track
  return (
    <section className={styles['bar']} aria-label={t('player.bar')}>
      <IconButton label={t(isOn ? 'player.pause' : 'player.play')} onClick={toggle}>
        {isOn ? <Pause size={18} aria-hidden /> : <Play size={18} aria-hidden />}
      </IconButton>
      <button
        type="button"
        className={styles['title']}
        title={t('player.goTo')}
        onClick={() => void conversation.open(chatId).catch(showError)}
      >
        <bdi>{title}</bdi>
      </button>
      <span className={styles['time']} dir={player.failure === null ? 'ltr' : undefined}>
        {player.failure === null ? clockDuration(position) : t(`player.failure.${player.failure}`)}
      </span>
      <button
        type="button"
        className={styles['rate']}
        aria-label={t('player.speed', { rate: player.rate })}
        onClick={changeRate}
      >
        <span dir="ltr">{player.rate}×</span>
      </button>
      <IconButton
        label={t('player.close')}
        onClick={() => void load().then((service) => service.close(), showError)}
      >
        <X size={18} aria-hidden />
      </IconButton>
    </section>
  )
}

/** Whose voice it is, or the name of the file. */
function useTitle({ track: { voice, fileName } }: PlayerState): string {
  const { t } = useTranslation()
  return useAppStore(({ people, session }) => {
    if (fileName !== null) return fileName
    const isOwn = voice === null || (session.phase === 'ready' && voice.senderId === session.me)
    return isOwn ? t('player.recording') : personTitle(people.get(voice.senderId)) || t('app.unknownPerson')
  })
}
