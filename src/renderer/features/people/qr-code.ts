import encodeQR from 'qr'

/** Rows of dark and light squares, with the light border that scanners need. */
export type QrSquares = boolean[][]

const BORDER_SQUARES = 4
const PX_PER_SQUARE = 8

export function qrSquares(text: string): QrSquares {
  return encodeQR(text, 'raw', { border: BORDER_SQUARES })
}

/** Returns the outline of the dark squares, for the `d` of an SVG path. One unit is one square. */
export function qrPath(squares: QrSquares): string {
  return squares
    .flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${String(x)} ${String(y)}h1v1h-1z` : '')))
    .join('')
}

/** Returns the code as a PNG file in base64. */
export function qrPng(squares: QrSquares): string {
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = squares.length * PX_PER_SQUARE
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('This system cannot draw.')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.fillStyle = '#000000'
  squares.forEach((row, y) =>
    row.forEach((isDark, x) => {
      if (isDark) context.fillRect(x * PX_PER_SQUARE, y * PX_PER_SQUARE, PX_PER_SQUARE, PX_PER_SQUARE)
    }),
  )
  return canvas.toDataURL('image/png').slice('data:image/png;base64,'.length)
}
