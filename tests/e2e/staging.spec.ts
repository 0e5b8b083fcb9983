/** Files on their way into a chat: every way in, the sheet, and the bytes that are sent. With the app's own workers, without a backend. */
import { type BrowserContextOptions, expect, type Page } from '@playwright/test'
import { withCameraData } from '../support/exif.ts'
import { test } from '../support/gallery/test.ts'
import { pdf } from '../support/pdf.ts'

const contextOptions: BrowserContextOptions = { locale: 'en-GB', reducedMotion: 'reduce' }

let url: string
let page: Page

test.beforeEach(async ({ gallery }) => {
  url = gallery.url
  page = await gallery.blankPage(contextOptions)
  await page.setViewportSize({ width: 1100, height: 760 })
})
test.afterEach(async () => {
  await page.goto('about:blank')
})

async function open(scenario = 'conversation-typing'): Promise<void> {
  await page.goto(`${url}?scenario=${scenario}`)
  await expect(composer()).toBeVisible()
}

const composer = () => page.getByRole('textbox', { name: 'Message' })
const sheet = () => page.getByRole('dialog')
const tiles = () => sheet().getByRole('list', { name: 'Files to send' }).getByRole('listitem')
const tile = (n: number) =>
  tiles()
    .nth(n - 1)
    .getByRole('button')
    .first()
const caption = () => sheet().getByRole('textbox')
const sheetButton = (name: string) => sheet().getByRole('button', { name, exact: true })
const bar = () => page.getByText(/ready to send$/u)

type SentBody = Record<string, unknown> & { file?: { sha256: string; mime: string; size: number } }

/** The bodies that were sent, once there are so many. */
async function sent(count: number): Promise<SentBody[]> {
  const read = () =>
    page.evaluate(() =>
      (window.gallery?.conversation.calls ?? [])
        .filter(({ name }) => name === 'send')
        .map(({ args }) => args[0]),
    )
  await expect.poll(async () => (await read()).length).toBe(count)
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the fake service recorded bodies
  return (await read()) as SentBody[]
}

interface TestFile {
  name: string
  mimeType: string
  buffer: Buffer
}

const textFile = (name: string): TestFile => ({ name, mimeType: 'text/plain', buffer: Buffer.from(name) })

const pick = (files: TestFile[], input = 'pictures') =>
  page.locator(`[data-pick="${input}"]`).setInputFiles(files)

/** A picture whose four quarters are red, green, blue and white, clockwise from the upper left. */
async function quarters(name: string, width = 400, height = 200, type = 'image/jpeg'): Promise<TestFile> {
  const base64 = await page.evaluate(
    async ([w, h, mime]) => {
      const canvas = new OffscreenCanvas(w, h)
      const context = canvas.getContext('2d')
      if (context === null) throw new Error('no canvas')
      for (const [index, color] of ['#f00', '#0f0', '#00f', '#fff'].entries()) {
        context.fillStyle = color
        context.fillRect(index === 1 || index === 2 ? w / 2 : 0, index > 1 ? h / 2 : 0, w / 2, h / 2)
      }
      const bytes = new Uint8Array(
        await (await canvas.convertToBlob({ type: mime, quality: 0.95 })).arrayBuffer(),
      )
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    },
    [width, height, type] as const,
  )
  return { name, mimeType: type, buffer: Buffer.from(base64, 'base64') }
}

interface Pixels {
  width: number
  height: number
  /** The colours of the quarters, clockwise from the upper left. */
  colors: string[]
  bytes: string
}

/** Decodes the bytes of a sent file, as the recipient sees them. */
async function decode({ file }: SentBody): Promise<Pixels> {
  return page.evaluate(async (sha256) => {
    const blob = [...(window.gallery?.bytes ?? [])].find(([key]) => key === sha256)?.[1]
    if (blob === undefined) throw new Error('no bytes')
    const picture = await createImageBitmap(blob, { imageOrientation: 'none' })
    const { width, height } = picture
    const context = new OffscreenCanvas(width, height).getContext('2d')
    if (context === null) throw new Error('no canvas')
    context.drawImage(picture, 0, 0)
    const names: Record<string, string> = { '100': 'red', '010': 'green', '001': 'blue', '111': 'white' }
    const places = [
      [1, 1],
      [3, 1],
      [3, 3],
      [1, 3],
    ] as const
    const colors = places.map(([x, y]) => {
      const { data } = context.getImageData((width * x) / 4, (height * y) / 4, 1, 1)
      const key = [...data.slice(0, 3)].map((value) => (value > 127 ? '1' : '0')).join('')
      return names[key] ?? key
    })
    const bytes = Array.from(new Uint8Array(await blob.arrayBuffer()), (byte) =>
      String.fromCharCode(byte),
    ).join('')
    return { width, height, colors, bytes }
  }, file?.sha256)
}

/** Drops or pastes a file that the page makes. */
async function transfer(
  selector: string,
  event: 'dragover' | 'drop' | 'paste',
  { name = 'note.txt', type = 'text/plain', size = 5, text = '' } = {},
): Promise<void> {
  await page
    .locator(selector)
    .first()
    .evaluate(
      (element, [kind, fileName, fileType, bytes, plain]) => {
        const data = new DataTransfer()
        data.items.add(new File([new Uint8Array(bytes)], fileName, { type: fileType }))
        if (plain !== '') data.setData('text/plain', plain)
        const init = { bubbles: true, cancelable: true }
        element.dispatchEvent(
          kind === 'paste'
            ? new ClipboardEvent(kind, { ...init, clipboardData: data })
            : new DragEvent(kind, { ...init, dataTransfer: data }),
        )
      },
      [event, name, type, size, text] as const,
    )
}

test.describe('a way in', () => {
  test('is the menu of the button, for photos or for any file', async () => {
    await open()
    for (const item of ['Photo or video', 'File']) {
      await page.getByRole('button', { name: 'Attach', exact: true }).click()
      const chooser = page.waitForEvent('filechooser')
      await page.getByRole('menuitem', { name: item }).click()
      await (await chooser).setFiles(textFile(`${item}.txt`))
      await expect(sheet()).toBeVisible()
      await page.keyboard.press('Escape')
    }
    await expect(bar()).toHaveText('2 files ready to send')
  })

  test('is a drop on the chat, which never sends', async () => {
    await open()
    await transfer('[role="log"]', 'dragover')
    await expect(page.getByText(/^Drop to send to/u)).toBeVisible()
    await transfer('[role="log"]', 'drop')
    await expect(page.getByText(/^Drop to send to/u)).toHaveCount(0)
    await expect(sheet().getByRole('heading')).toHaveText('Send file')
    await transfer('[role="dialog"] textarea', 'drop', { name: 'second.txt' })
    await expect(tiles()).toHaveCount(2)
    await sent(0)
  })

  test('is a drop on the icon of the app, which asks for the chat', async () => {
    await open()
    await page.evaluate(() => window.gallery?.store.setState({ filesOpened: 1 }))
    await expect(sheet().getByRole('heading')).toHaveText('Send 2 files to…')
    await expect(sheet().getByRole('alert')).toContainText('Holiday')
    await expect(sheet().getByRole('searchbox')).toBeFocused()
    await page.keyboard.type('nobody at all')
    await expect(sheet().getByText('No chat matches')).toBeVisible()
    await sheet().getByRole('searchbox').fill('')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(sheet().getByRole('heading')).toHaveText('Send 2 files')
    await expect(tiles()).toHaveCount(2)
  })

  test('is a drop on a chat of the list, which opens it', async () => {
    await page.goto(`${url}?scenario=chats`)
    const row = '[data-chat-id*="chen"]'
    await expect(page.locator(row)).toBeVisible()
    await expect
      .poll(async () => {
        await transfer(row, 'dragover')
        return page.locator(row).getAttribute('data-drop')
      })
      .not.toBeNull()
    await transfer(row, 'drop')
    await expect(sheet().getByRole('heading')).toHaveText('Send file')
    await page.keyboard.press('Escape')
    await expect(page.locator(row)).toHaveAttribute('aria-current', 'true')
  })

  test('is a paste of a file or a picture, but not of a text with a picture of it', async () => {
    await open()
    await transfer('textarea', 'paste', { name: 'image.png', type: 'image/png', text: 'a table' })
    await transfer('textarea', 'paste', {
      name: 'plan.pdf',
      type: 'application/pdf',
      text: '/home/ada/plan.pdf',
    })
    await expect(tiles()).toHaveCount(1)
    await expect(tile(1)).toHaveAccessibleName(/plan.pdf.*1 of 1/u)
  })
})

test.describe('the sheet', () => {
  test('sends with Enter: in order, as one album, with the text of the composer as the caption', async () => {
    await open()
    await composer().fill('Look at *this*')
    await pick([await quarters('a.jpg'), await quarters('b.png', 400, 200, 'image/png'), textFile('c.txt')])
    await expect(sheet().getByRole('heading')).toHaveText('Send 3 items')
    await expect(caption()).toBeFocused()
    await expect(caption()).toHaveValue('Look at *this*')
    await expect(sheetButton('Send')).not.toHaveAttribute('aria-disabled')
    await page.keyboard.press('Enter')
    await expect(sheet()).toHaveCount(0)
    await expect(composer()).toHaveValue('')
    const [a, b, c] = await sent(3)
    expect(a).toMatchObject({ kind: 'photo', width: 400, height: 200, text: 'Look at *this*' })
    expect(b).toMatchObject({ kind: 'photo', file: { mime: 'image/webp' } })
    expect(b?.['text']).toBeUndefined()
    expect(b?.['album']).toBe(a?.['album'])
    expect(c).toMatchObject({ kind: 'file', name: 'c.txt', file: { mime: 'text/plain', size: 5 } })
    await expect(bar()).toHaveCount(0)
  })

  test('keeps everything when it is closed with Escape, and shows it again', async () => {
    await open()
    await pick([await quarters('a.jpg'), textFile('b.txt')])
    await caption().fill('For all')
    await page.keyboard.press('Escape')
    await expect(composer()).toHaveValue('For all')
    await expect(bar()).toHaveText('2 files ready to send')
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await expect(tiles()).toHaveCount(2)
    await expect(tile(1).locator('img')).toBeVisible()
    await expect(caption()).toHaveValue('For all')
  })

  test('has a caption for each, and one for all', async () => {
    await open()
    await pick([await quarters('a.jpg'), await quarters('b.jpg')])
    await caption().fill('For all')
    await tile(2).click()
    await caption().fill('For the second')
    await tile(2).click()
    await expect(caption()).toHaveValue('For all')
    await expect(sheetButton('Send')).not.toHaveAttribute('aria-disabled')
    await sheetButton('Send').click()
    const bodies = await sent(2)
    expect(bodies.map((body) => body['text'])).toEqual(['For all', 'For the second'])
  })

  test('moves and removes items with keys, and takes a removal of all back', async () => {
    await open()
    await pick(['a', 'b', 'c'].map((name) => textFile(`${name}.txt`)))
    await tile(1).focus()
    await page.keyboard.press('Alt+ArrowRight')
    await expect(tile(2)).toHaveAccessibleName(/^\u2068a\.txt/u)
    await expect(tile(2)).toBeFocused()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Delete')
    await expect(tiles()).toHaveCount(2)
    await expect(tile(2)).toBeFocused()
    await sheetButton('Cancel').click()
    await expect(bar()).toHaveCount(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(bar()).toHaveText('2 files ready to send')
  })

  test('turns and crops a photo', async () => {
    await open()
    await pick([await quarters('a.jpg')])
    await tile(1).click()
    await sheetButton('Rotate').click()
    await sheetButton('Crop').click()
    const edge = page.getByRole('button', { name: 'Bottom edge' })
    await edge.focus()
    const height = async (): Promise<number> => (await edge.boundingBox())?.y ?? 0
    const before = await height()
    for (let press = 0; press < 20; press += 1) await page.keyboard.press('Control+ArrowUp')
    expect(await height()).toBeLessThan(before)
    await page.getByRole('dialog', { name: 'Crop' }).getByRole('button', { name: 'Crop' }).click()
    await sheetButton('Send').click()
    const [body] = await sent(1)
    const shown = await decode(body ?? {})
    expect(shown.width).toBe(200)
    expect(shown.height).toBeLessThan(400)
    expect(shown.colors.slice(0, 2)).toEqual(['white', 'red'])
  })

  test('keeps the files and the caption when they cannot be stored', async () => {
    await open()
    await page.evaluate(() => {
      const failure = Promise.reject(new Error('disk'))
      failure.catch(() => undefined)
      if (window.gallery) window.gallery.conversation.saving = failure
    })
    await pick([textFile('a.txt')])
    await caption().fill('Look')
    await expect(sheetButton('Send')).not.toHaveAttribute('aria-disabled')
    await sheetButton('Send').click()
    await expect(page.getByText(/couldn’t save your files/u)).toBeVisible()
    await expect(bar()).toHaveText('1 file ready to send')
    await page.getByRole('button', { name: 'Show', exact: true }).click()
    await tile(1).click()
    await expect(caption()).toHaveValue('Look')
  })
})

test.describe('a photo', () => {
  test('is sent upright and without metadata, for all eight orientations', async () => {
    await open()
    // What the quarters look like when the camera says how to turn them (1 to 8).
    const upright = [
      ['red', 'green', 'blue', 'white'],
      ['green', 'red', 'white', 'blue'],
      ['blue', 'white', 'red', 'green'],
      ['white', 'blue', 'green', 'red'],
      ['red', 'white', 'blue', 'green'],
      ['white', 'red', 'green', 'blue'],
      ['blue', 'green', 'red', 'white'],
      ['green', 'blue', 'white', 'red'],
    ]
    const photo = await quarters('a.jpg')
    const files = upright.map((_, index) => ({
      ...photo,
      name: `${String(index + 1)}.jpg`,
      buffer: withCameraData(photo.buffer, index + 1),
    }))
    for (const { buffer } of files) expect(buffer.toString('latin1')).toContain('SecretPlace')
    await pick(files)
    await expect(sheetButton('Send')).not.toHaveAttribute('aria-disabled')
    await sheetButton('Send').click()
    const bodies = await sent(8)
    for (const [index, body] of bodies.entries()) {
      const shown = await decode(body)
      expect(shown.colors, `orientation ${String(index + 1)}`).toEqual(upright[index])
      const isTurned = index >= 4
      expect(body).toMatchObject({ width: isTurned ? 200 : 400, height: isTurned ? 400 : 200 })
      expect([shown.width, shown.height]).toEqual([body['width'], body['height']])
      expect(shown.bytes).not.toContain('Exif')
      expect(shown.bytes).not.toContain('SecretPlace')
    }
  })

  test('has the longest side of its quality, or its own pixels', async () => {
    await open()
    const photo = await quarters('a.jpg', 3000, 1500)
    for (const [quality, width] of [
      ['Standard', 1600],
      ['High', 2560],
      ['Original size', 3000],
    ] as const) {
      await pick([photo])
      await sheet().getByRole('combobox', { name: 'Photo quality' }).click()
      await page.getByRole('option', { name: quality }).click()
      await expect(sheetButton('Send')).not.toHaveAttribute('aria-disabled')
      await sheetButton('Send').click()
      await expect(sheet()).toHaveCount(0)
      await expect
        .poll(async () => (await sent(width === 1600 ? 1 : width === 2560 ? 2 : 3)).at(-1)?.['width'])
        .toBe(width)
    }
  })

  test('is sent unchanged as a file', async () => {
    await open()
    const photo = await quarters('a.jpg')
    await pick([photo])
    await sheet().getByRole('switch', { name: 'Send as file' }).click()
    await expect(sheetButton('Send')).not.toHaveAttribute('aria-disabled')
    await sheetButton('Send').click()
    expect(await sent(1)).toMatchObject([
      { kind: 'file', name: 'a.jpg', file: { mime: 'image/jpeg', size: photo.buffer.length } },
    ])
  })
})

test.describe('a PDF', () => {
  const pdfFile = (name: string, buffer: Buffer): TestFile => ({ name, mimeType: 'application/pdf', buffer })
  const send = async (): Promise<void> => {
    await expect(sheetButton('Send')).not.toHaveAttribute('aria-disabled')
    await sheetButton('Send').click()
  }

  /** The colours of a cover in the middle of its halves, and how many of its pixels are dark. */
  const coverOf = (body: SentBody | undefined) =>
    page.evaluate(async (cover) => {
      const bytes = Uint8Array.from(atob(cover), (character) => character.charCodeAt(0))
      const picture = await createImageBitmap(new Blob([bytes]))
      const { width, height } = picture
      const context = new OffscreenCanvas(width, height).getContext('2d')
      if (context === null) throw new Error('no canvas')
      context.drawImage(picture, 0, 0)
      const bright = (x: number, y: number) =>
        [...context.getImageData(x, y, 1, 1).data.slice(0, 3)].map((value) => value > 127)
      const { data } = context.getImageData(0, 0, width, height / 4)
      const ink = data.filter((value, index) => index % 4 === 1 && value < 100).length
      return {
        width,
        height,
        upper: bright(width / 2, height / 3),
        lower: bright(width / 2, height * 0.75),
        ink,
      }
    }, String(body?.['cover']))

  test('has its first page as the cover, in the sheet and in the message', async () => {
    await open()
    const buffer = pdf({ title: 'Garden', content: '1 0 0 rg 0 0 200 150 re f 0 g' })
    await pick([pdfFile('Plan.pdf', buffer)], 'files')
    await expect(tile(1).locator('img')).toBeVisible()
    await expect(tile(1)).toContainText('Plan.pdf')
    await send()
    const [body] = await sent(1)
    expect(body).toMatchObject({ kind: 'file', name: 'Plan.pdf', file: { size: buffer.length } })
    const { ink, ...cover } = await coverOf(body)
    expect(cover).toEqual({
      width: 107,
      height: 160,
      upper: [true, true, true],
      lower: [true, false, false],
    })
    expect(ink).toBeGreaterThan(20)
  })

  test('has no cover when it is encrypted, broken, too slow or none, and is sent all the same', async () => {
    await open()
    // Draws for minutes.
    const slow = pdf({ content: '0 0 200 300 re f '.repeat(1_500_000) })
    await pick(
      [
        pdfFile('encrypted.pdf', pdf({ encrypted: true })),
        pdfFile('cut.pdf', pdf().subarray(0, 60)),
        pdfFile('page.pdf', Buffer.from('<script>document.title = "owned"</script>')),
        pdfFile('tall.pdf', pdf({ width: 1, height: 1_000_000 })),
        pdfFile('slow.pdf', slow),
        pdfFile('good.pdf', pdf({ title: 'Good' })),
      ],
      'files',
    )
    await send()
    const bodies = await sent(6)
    expect(bodies.map(({ name, cover }) => [name, typeof cover])).toEqual([
      ['encrypted.pdf', 'undefined'],
      ['cut.pdf', 'undefined'],
      ['page.pdf', 'undefined'],
      ['tall.pdf', 'string'],
      ['slow.pdf', 'undefined'],
      ['good.pdf', 'string'],
    ])
  })
})

test.describe('a photo of the camera', () => {
  const takePhoto = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Attach', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Take a photo' }).click()
  }
  const running = () => page.evaluate(() => window.gallery?.camera.running)

  test('is taken, taken again, and staged without being mirrored', async () => {
    await open()
    await takePhoto()
    await expect(sheetButton('Take photo')).not.toHaveAttribute('aria-disabled')
    await sheet().getByRole('combobox', { name: 'Camera' }).click()
    await page.getByRole('option', { name: 'Camera 2' }).click()
    await sheetButton('Take photo').click()
    await expect(sheet().getByRole('img', { name: 'Your photo' })).toBeVisible()
    await expect.poll(running).toBe(0)
    await sheetButton('Retake').click()
    await expect.poll(running).toBe(1)
    await sheetButton('Take photo').click()
    await expect(sheetButton('Use photo')).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(sheet().getByRole('heading')).toHaveText('Send photo')
    await expect(sheetButton('Send')).not.toHaveAttribute('aria-disabled')
    await sheetButton('Send').click()
    const [body] = await sent(1)
    expect(body).toMatchObject({ kind: 'photo', width: 640, height: 480 })
    const { colors } = await decode(body ?? {})
    expect([colors[0], colors[1]]).toEqual(['red', 'blue'])
  })

  test('turns the camera off when the dialog closes, and says what is wrong', async () => {
    await open()
    await takePhoto()
    await expect.poll(running).toBe(1)
    await page.evaluate(() => window.gallery?.camera.unplug())
    await expect(sheet().getByRole('alert')).toHaveText(
      'The camera was disconnected. Connect it, then try again.',
    )
    await page.evaluate(() => {
      if (window.gallery !== undefined) window.gallery.camera.problem = 'missing'
    })
    await sheetButton('Try again').click()
    await expect(sheet().getByRole('alert')).toHaveText(
      'Perch can’t find a camera. Connect one, then try again.',
    )
    await page.evaluate(() => {
      if (window.gallery !== undefined) window.gallery.camera.problem = null
    })
    await sheetButton('Try again').click()
    await expect(sheetButton('Take photo')).not.toHaveAttribute('aria-disabled')
    await page.keyboard.press('Escape')
    await expect(sheet()).toHaveCount(0)
    await expect.poll(running).toBe(0)
  })
})

test.describe('a caption in a group', () => {
  const options = () => page.getByRole('option')

  test('mentions people, also that of one file, as the composer does', async () => {
    await open('conversation-group-mentions')
    await pick([textFile('a.txt'), textFile('b.txt')])
    await expect(sheetButton('Send')).not.toHaveAttribute('aria-disabled')
    await caption().pressSequentially('Hi @')
    await expect(options()).toHaveCount(3)
    await page.keyboard.press('Escape')
    await expect(options()).toHaveCount(0)
    await expect(sheet()).toBeVisible()
    await page.keyboard.press('Backspace')
    await page.keyboard.type('@count')
    await expect(options()).toHaveCount(1)
    await page.keyboard.press('Enter')
    // The text gets the public name, not the one that only the writer knows.
    await expect(caption()).toHaveValue('Hi @Ada Lovelace ')

    await tile(2).click()
    await caption().click()
    await page.keyboard.type('@be')
    await options().filter({ hasText: 'Bén Okafor' }).click()
    await expect(caption()).toBeFocused()
    await page.keyboard.type('and more')
    await page.keyboard.press('Home')
    await page.keyboard.type('For ')
    await expect(caption()).toHaveValue('For @Bén Okafor and more')
    await page.keyboard.press('Enter')
    expect(await sent(2)).toMatchObject([
      { kind: 'file', name: 'a.txt', text: 'Hi @Ada Lovelace', mentions: 'ada:3:13' },
      { kind: 'file', name: 'b.txt', text: 'For @Bén Okafor and more', mentions: 'ben:4:11' },
    ])
  })
})

test('hostile files are refused or sent as files, at once, and the others go on', async () => {
  await open()
  const photo = await quarters('good.jpg')
  const bomb = Buffer.from((await quarters('bomb.png', 2, 2, 'image/png')).buffer)
  bomb.writeUInt32BE(50_000, 16)
  bomb.writeUInt32BE(50_000, 20)
  await pick([
    { name: 'empty.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(0) },
    { name: 'bomb.png', mimeType: 'image/png', buffer: bomb },
    {
      name: 'page.jpg',
      mimeType: 'image/jpeg',
      buffer: Buffer.from('<script>document.title = "owned"</script>'),
    },
    {
      name: 'drawing.svg',
      mimeType: 'image/svg+xml',
      buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="document.title=\'owned\'"/>'),
    },
    { ...photo, name: 'half.jpg', buffer: photo.buffer.subarray(0, 200) },
    photo,
  ])
  await transfer('[role="dialog"] textarea', 'drop', {
    name: 'large.mov',
    type: 'video/quicktime',
    size: 105_000_000,
  })
  await expect(sheet().getByRole('alert')).toContainText('empty.jpg is empty.')
  await expect(sheet().getByRole('alert')).toContainText('bomb.png is too large to show')
  await expect(sheet().getByRole('alert')).toContainText(
    'large.mov is \u2068105 MB\u2069. The limit is \u2068100 MB\u2069.',
  )
  await expect(sheetButton('Send')).not.toHaveAttribute('aria-disabled')
  await sheetButton('Send').click()
  const bodies = await sent(5)
  expect(bodies.map(({ kind }) => kind)).toEqual(['file', 'file', 'file', 'file', 'photo'])
  expect(await page.title()).not.toBe('owned')
})
