import { LEVEL_MS, levelOf } from '#shared/domain/wave.ts'

/** The type of a recording as Chromium writes it. */
const RECORDER_TYPE = 'audio/webm;codecs=opus'
/** Enough for speech, in bits per second. */
const BIT_RATE = 32_000
/** A part of the recording is handed over this often, in ms: what a crash can lose at most. */
const PART_MS = 1000

export interface Capture {
  pause(): void
  resume(): void
  /** Releases the microphone. Resolves when the last part was handed over. */
  stop(): Promise<void>
}

export interface CaptureListener {
  /** Called every LEVEL_MS of recorded time. */
  level(level: string): void
  /** The next bytes of the recording. The parts together are a WebM file. */
  part(bytes: Uint8Array<ArrayBuffer>): void
  /** The microphone went away. */
  ended(): void
}

/** Starts the microphone. */
export type StartCapture = (listener: CaptureListener) => Promise<Capture>

/** Rejects with the DOMException of getUserMedia. */
export const startCapture: StartCapture = async (listener) => {
  const stream = await navigator.mediaDevices.getUserMedia({
    audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  })
  try {
    return await record(stream, listener)
  } catch (error) {
    release(stream)
    throw error
  }
}

function release(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop()
}

async function record(stream: MediaStream, listener: CaptureListener): Promise<Capture> {
  const recorder = new MediaRecorder(stream, { mimeType: RECORDER_TYPE, audioBitsPerSecond: BIT_RATE })
  // Reading a part is asynchronous. The chain keeps their order.
  let parts = Promise.resolve()
  recorder.addEventListener('dataavailable', ({ data }) => {
    if (data.size > 0) parts = parts.then(async () => listener.part(new Uint8Array(await data.arrayBuffer())))
  })
  const stopped = new Promise((resolve) => recorder.addEventListener('stop', resolve, { once: true }))
  for (const track of stream.getTracks()) track.addEventListener('ended', () => listener.ended())
  const meter = await startMeter(stream, () => listener.level)
  recorder.start(PART_MS)
  meter.resume()
  return {
    pause() {
      meter.pause()
      recorder.pause()
      recorder.requestData()
    },
    resume() {
      recorder.resume()
      meter.resume()
    },
    async stop() {
      meter.stop()
      if (recorder.state !== 'inactive') recorder.stop()
      await stopped
      await parts
      release(stream)
    },
  }
}

interface Meter {
  pause(): void
  resume(): void
  stop(): void
}

/** Measures the loudness. A timer can be late: the number of levels follows the time that has passed. */
async function startMeter(stream: MediaStream, listener: () => (level: string) => void): Promise<Meter> {
  const context = new AudioContext()
  const analyser = context.createAnalyser()
  context.createMediaStreamSource(stream).connect(analyser)
  await context.resume()
  const samples = new Float32Array(analyser.fftSize)
  let measured = 0
  let passed = 0
  let since: number | null = null
  const elapsed = (): number => passed + (since === null ? 0 : performance.now() - since)
  const timer = setInterval(() => {
    const due = Math.floor(elapsed() / LEVEL_MS)
    if (measured >= due) return
    analyser.getFloatTimeDomainData(samples)
    const level = levelOf(samples)
    for (; measured < due; measured += 1) listener()(level)
  }, LEVEL_MS)
  return {
    pause() {
      passed = elapsed()
      since = null
    },
    resume() {
      since ??= performance.now()
    },
    stop() {
      clearInterval(timer)
      void context.close()
    },
  }
}
