/**
 * A PDF file of one page, `width` × `height` points, whose first point is the lower left. `content` is drawn, and `title` is text
 * on it. `encrypted`: it cannot be read without a password.
 */
export function pdf({ width = 200, height = 300, content = '', title = '', encrypted = false } = {}): Buffer {
  const drawn = `${content} BT /F1 24 Tf 20 ${String(height - 40)} Td (${title}) Tj ET`
  const key = '00'.repeat(32)
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${String(width)} ${String(height)}] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>`,
    `<< /Length ${String(drawn.length)} >>\nstream\n${drawn}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    `<< /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <${key}> /U <${key}> >>`,
  ].map((object, index) => `${String(index + 1)} 0 obj\n${object}\nendobj\n`)
  const start = '%PDF-1.4\n'
  const offsets = objects.map((_, index) => start.length + objects.slice(0, index).join('').length)
  const end = start.length + objects.join('').length
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const secret = encrypted ? ` /Encrypt 6 0 R /ID [<${key}> <${key}>]` : ''
  return Buffer.from(
    `${start}${objects.join('')}xref\n0 7\n0000000000 65535 f \n${table}trailer\n<< /Size 7 /Root 1 0 R${secret} >>\nstartxref\n${String(end)}\n%%EOF\n`,
    'latin1',
  )
}
