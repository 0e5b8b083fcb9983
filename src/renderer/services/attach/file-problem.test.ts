import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { STAGED_LIMIT } from '#shared/domain/staged.ts'
import { ATTACHMENT_LIMIT, mimeSchema } from '#shared/messages/attachment.ts'
import { NAME_LIMIT } from '#shared/messages/kinds/file.ts'
import { AppError } from '../services.ts'
import { checkFiles, isHuge, mimeOf, readProblem, sentName } from './file-problem.ts'

/** A file of this size that has no bytes. */
function fileOf(size: number, name = 'a.txt'): File {
  return Object.defineProperty(new File([], name), 'size', { value: size })
}
const picked = (size: number, isFolder = false) => ({ file: fileOf(size), isFolder })
const problemsOf = (sizes: Parameters<typeof checkFiles>[0], staged = 0) =>
  checkFiles(sizes, staged).map(({ problem }) => problem)

describe('files that were picked', () => {
  it('are refused when they are folders, empty or too large, and the others go on', () => {
    expect(
      problemsOf([
        picked(1),
        picked(4096, true),
        picked(0),
        picked(ATTACHMENT_LIMIT),
        picked(ATTACHMENT_LIMIT + 1),
      ]),
    ).toEqual([null, 'folder', 'empty', null, 'tooLarge'])
  })

  it('are refused from the limit on. Refused files take no place', () => {
    expect(problemsOf([picked(0), picked(1), picked(1), picked(1)], STAGED_LIMIT - 2)).toEqual([
      'empty',
      null,
      null,
      'tooMany',
    ])
    fc.assert(
      fc.property(fc.array(fc.nat(2), { maxLength: 99 }), fc.nat(STAGED_LIMIT), (list, staged) => {
        const accepted = problemsOf(
          list.map((size) => picked(size)),
          staged,
        ).filter((problem) => problem === null).length
        const good = list.filter((size) => size > 0).length
        expect(accepted).toBe(Math.min(good, STAGED_LIMIT - staged))
      }),
    )
  })
})

it('a picture of too many pixels is huge', () => {
  expect(isHuge({ width: 50_000, height: 50_000 })).toBe(true)
  expect(isHuge({ width: 12_000, height: 8000 })).toBe(false)
})

it('the reason why reading failed is named', () => {
  const unreadable = (name: string): AppError =>
    new AppError('unreadable', { cause: new DOMException('', name) })
  expect(readProblem(new DOMException('', 'NotFoundError'))).toBe('gone')
  expect(readProblem(new DOMException('', 'NotReadableError'))).toBe('unreadable')
  expect(readProblem(unreadable('NotFoundError'))).toBe('gone')
  expect(readProblem(unreadable('NotReadableError'))).toBe('unreadable')
  expect(readProblem(new AppError('diskFull'))).toBe('full')
  expect(readProblem(new AppError('storage'))).toBe('storage')
  expect(readProblem(new Error('any other'))).toBe('storage')
})

it('the type of a file always has the form that a message allows', () => {
  expect(mimeOf(new Blob([], { type: 'image/png' }))).toBe('image/png')
  expect(mimeOf(new Blob([]))).toBe('application/octet-stream')
  expect(mimeOf(new Blob([], { type: 'text/plain; charset=utf-8' }))).toBe('application/octet-stream')
  fc.assert(fc.property(fc.string(), (type) => mimeSchema.safeParse(mimeOf(new Blob([], { type }))).success))
})

describe('the name that is sent', () => {
  it('keeps its extension when it is cut', () => {
    expect(sentName(`${'x'.repeat(300)}.tar.pdf`, 'file')).toBe(`${'x'.repeat(NAME_LIMIT - 4)}.pdf`)
  })

  it('is never empty or too long, and always well-formed', () => {
    expect(sentName('  ', 'file')).toBe('file')
    const pieces = fc.array(fc.constantFrom('a', '.', ' ', '😀', '\uD83D', '\u202E'), { maxLength: 400 })
    fc.assert(
      fc.property(pieces, (parts) => {
        const name = sentName(parts.join(''), 'file')
        expect(name.length).toBeGreaterThan(0)
        expect(name.length).toBeLessThanOrEqual(NAME_LIMIT)
        expect(name.isWellFormed()).toBe(true)
      }),
    )
  })
})
