import { shell, systemPreferences } from 'electron'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createCaptureDevices } from './capture-devices.ts'

vi.mock('electron', () => ({
  shell: { openExternal: vi.fn<() => Promise<void>>() },
  systemPreferences: {
    askForMediaAccess: vi.fn<() => Promise<boolean>>(),
    getMediaAccessStatus: vi.fn<() => string>(),
  },
}))

beforeEach(() => {
  vi.resetAllMocks()
})

describe('a capture device', () => {
  it('is open only between open and close, and alone', async () => {
    const { microphone, camera } = createCaptureDevices('linux')
    expect(camera.isOpen()).toBe(false)
    expect(await camera.open()).toBe('granted')
    expect([microphone.isOpen(), camera.isOpen()]).toEqual([false, true])
    camera.close()
    expect(camera.isOpen()).toBe(false)
  })

  it('stays closed when the system refuses', async () => {
    vi.mocked(systemPreferences.getMediaAccessStatus).mockReturnValue('denied')
    const { camera } = createCaptureDevices('win32')
    expect(await camera.open()).toBe('denied')
    expect(camera.isOpen()).toBe(false)
    expect(systemPreferences.getMediaAccessStatus).toHaveBeenCalledWith('camera')
  })

  it('stays closed when it is closed while a Mac still asks', async () => {
    const answer = Promise.withResolvers<boolean>()
    vi.mocked(systemPreferences.askForMediaAccess).mockReturnValue(answer.promise)
    const { camera } = createCaptureDevices('darwin')
    const opening = camera.open()
    camera.close()
    answer.resolve(true)
    await opening
    expect(camera.isOpen()).toBe(false)
  })

  it('has its own page of the system settings', async () => {
    const { camera } = createCaptureDevices('win32')
    expect(await camera.openSettings()).toBe(true)
    expect(shell.openExternal).toHaveBeenCalledWith('ms-settings:privacy-webcam')
    expect(await createCaptureDevices('linux').camera.openSettings()).toBe(false)
  })
})
