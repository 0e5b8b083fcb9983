import { type RefObject, useEffect, useState } from 'react'
import { positionAt, RATES, type PlayerState, type Rate, type Track } from '../../stores/player.ts'
import { useAppStore, useAppStoreApi } from '../../stores/use-app-store.ts'
import type { PlayerService } from '../services.ts'
import { useServices } from '../use-services.ts'

/** The shown position moves in steps of this length, in ms. */
const STEP_MS = 50

export interface Playback {
  /** Null: the player has another track, or none. */
  player: PlayerState | null
  /** In ms; 0 while the player has another track. */
  position: number
  toggle(): void
  seek(position: number): void
  /** The next one of RATES. */
  changeRate(): void
}

/** A track in the player. The component renders again while the track plays, and only then. */
export function usePlayback(track: Track): Playback {
  const { player: load, app } = useServices()
  const player = useAppStore((state) => (state.player?.track.key === track.key ? state.player : null))
  const position = usePosition(player)
  const act = (run: (service: PlayerService) => void | Promise<void>): void => {
    load()
      .then(run)
      .catch((error: unknown) => app.report('player', error))
  }
  return {
    player,
    position,
    toggle: () => act((service) => service.toggle(track)),
    seek: (to) => act((service) => service.seek(track, to)),
    changeRate: () => act((service) => service.setRate(nextRate(player?.rate ?? 1))),
  }
}

function nextRate(rate: Rate): Rate {
  return RATES[(RATES.indexOf(rate) + 1) % RATES.length] ?? 1
}

/** The position of the player, in ms. */
export function usePosition(player: PlayerState | null): number {
  const [now, setNow] = useState(() => performance.now())
  const isPlaying = player?.phase === 'playing'
  useEffect(() => {
    if (!isPlaying) return undefined
    const timer = setInterval(() => setNow(performance.now()), STEP_MS)
    return () => clearInterval(timer)
  }, [isPlaying])
  return player === null ? 0 : positionAt(player, Math.max(now, player.since))
}

/** Tells the player whether the control of this track can be seen, while it is the player's track. */
export function useReportInView(ref: RefObject<Element | null>, key: Track['key']): void {
  const { player: load } = useServices()
  const isCurrent = useAppStore(({ player }) => player?.track.key === key)
  useEffect(() => {
    const element = ref.current
    if (!isCurrent || element === null) return undefined
    const report = (inView: boolean): void =>
      void load().then(
        (service) => service.setInView(key, inView),
        () => undefined,
      )
    const observer = new IntersectionObserver((entries) => report(entries.at(-1)?.isIntersecting === true))
    observer.observe(element)
    return () => {
      observer.disconnect()
      report(false)
    }
  }, [ref, key, isCurrent, load])
}

/** One sound at a time: a video that starts pauses the player, and the other way round. */
export function useOneSound(video: RefObject<HTMLVideoElement | null>): { onPlay: () => void } {
  const { player: load, app } = useServices()
  const store = useAppStoreApi()
  const isPlaying = useAppStore(({ player }) => player?.phase === 'playing')
  useEffect(() => {
    if (isPlaying) video.current?.pause()
  }, [isPlaying, video])
  return {
    onPlay() {
      for (const other of document.querySelectorAll('video')) if (other !== video.current) other.pause()
      if (store.getState().player === null) return
      load()
        .then((service) => service.pause())
        .catch((error: unknown) => app.report('player', error))
    },
  }
}
