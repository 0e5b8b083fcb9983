import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createCameraService } from './camera.ts'

class FakeTrack extends EventTarget {
  stopped = false
  stop(): void {
    this.stopped = true
  }
  getSettings(): MediaTrackSettings {
    return { deviceId: 'front' }
  }
}

let tracks: FakeTrack[]
let calls: string[]
let answer: 'granted' | 'denied'
const getUserMedia = vi.fn<(constraints: MediaStreamConstraints) => Promise<unknown>>()

beforeEach(() => {
  tracks = []
  calls = []
  answer = 'granted'
  getUserMedia.mockReset()
  getUserMedia.mockImplementation(() => {
    const track = new FakeTrack()
    tracks.push(track)
    return Promise.resolve({ getTracks: () => [track], getVideoTracks: () => [track] })
  })
  const devices = [
    { kind: 'videoinput', deviceId: 'front', label: 'Front' },
    { kind: 'audioinput', deviceId: 'mic', label: 'Mic' },
    { kind: 'videoinput', deviceId: '', label: '' },
  ]
  vi.stubGlobal('navigator', {
    mediaDevices: { getUserMedia, enumerateDevices: () => Promise.resolve(devices) },
  })
})

function service(): ReturnType<typeof createCameraService> {
  const call = (method: string): Promise<unknown> => {
    calls.push(method)
    return Promise.resolve(method === 'camera.open' ? answer : undefined)
  }
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only the methods of the camera
  const platform = { call } as Parameters<typeof createCameraService>[0]['platform']
  return createCameraService({ platform, report: () => undefined })
}
const onEnded = (): void => undefined

describe('a camera', () => {
  it('is on until it is stopped, and main allows it no longer', async () => {
    const live = await service().start(null, onEnded)
    expect(live).toMatchObject({ id: 'front', cameras: [{ id: 'front', label: 'Front' }] })
    expect(calls).toEqual(['camera.open'])
    live.stop()
    live.stop()
    expect(tracks.map(({ stopped }) => stopped)).toEqual([true])
    expect(calls).toEqual(['camera.open', 'camera.close'])
  })

  it('stays allowed while the next one starts', async () => {
    const camera = service()
    const first = await camera.start(null, onEnded)
    const second = camera.start('desk', onEnded)
    first.stop()
    const live = await second
    expect(calls).toEqual(['camera.open', 'camera.open'])
    expect(getUserMedia).toHaveBeenLastCalledWith({
      video: expect.objectContaining({ deviceId: { exact: 'desk' } }),
    })
    live.stop()
    expect(calls.at(-1)).toBe('camera.close')
  })

  it('says that it went away', async () => {
    const ended = vi.fn<() => void>()
    await service().start(null, ended)
    tracks[0]?.dispatchEvent(new Event('ended'))
    expect(ended).toHaveBeenCalledTimes(1)
  })

  it.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'missing'],
    ['OverconstrainedError', 'missing'],
    ['NotReadableError', 'busy'],
    ['TypeError', 'broken'],
  ])('that fails with %s is %s, and main allows it no longer', async (name, problem) => {
    getUserMedia.mockRejectedValue(new DOMException('', name))
    await expect(service().start(null, onEnded)).rejects.toMatchObject({ name: 'CameraError', problem })
    expect(calls).toEqual(['camera.open', 'camera.close'])
  })

  it('is not asked for when the system refuses', async () => {
    answer = 'denied'
    await expect(service().start(null, onEnded)).rejects.toMatchObject({ problem: 'denied' })
    expect(getUserMedia).not.toHaveBeenCalled()
  })
})
