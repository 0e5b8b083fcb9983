/* The pictures of the demo chats, as SVG. `draw-demo` turns them into files. */

interface Picture {
  width: number
  height: number
  svg: string
}

function picture(width: number, height: number, content: string): Picture {
  const open = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`
  return { width, height, svg: `${open}${content}</svg>` }
}

/** A vertical gradient from the first colour to the last. */
function gradient(id: string, ...colours: string[]): string {
  const stops = colours.map(
    (colour, index) => `<stop offset="${index / (colours.length - 1)}" stop-color="${colour}"/>`,
  )
  return `<linearGradient id="${id}" x2="0" y2="1">${stops.join('')}</linearGradient>`
}

/** A row of firs along the line `y`, from `from` to `to`. */
function firs(y: number, from: number, to: number, colour: string): string {
  const trees: string[] = []
  for (let x = from, index = 0; x < to; x += 34, index++) {
    const height = 90 + ((index * 53) % 70)
    trees.push(`<path d="M${x} ${y} l26 -${height} l26 ${height}z" fill="${colour}"/>`)
  }
  return trees.join('')
}

/** Broken light on water around `x`. */
function glitter(x: number, top: number, bottom: number, colour: string): string {
  const lines: string[] = []
  for (let y = top, index = 0; y < bottom; y += 22, index++) {
    const half = 30 + ((index * 37) % 60)
    lines.push(
      `<rect x="${x - half}" y="${y}" width="${half * 2}" height="5" rx="2.5" fill="${colour}" opacity="${0.75 - index * 0.03}"/>`,
    )
  }
  return lines.join('')
}

const lake = picture(
  1200,
  900,
  `<defs>${gradient('sky', '#28456b', '#e08a6d', '#ffd9a0')}${gradient('water', '#f0b489', '#4d6a86', '#1d2f49')}</defs>
  <rect width="1200" height="460" fill="url(#sky)"/><circle cx="760" cy="390" r="62" fill="#fff1cf"/>
  <path d="M0 460 L0 330 L190 210 L360 350 L520 250 L700 400 L860 300 L1050 220 L1200 330 L1200 460z" fill="#5a5672"/>
  <path d="M0 460 L0 400 L240 320 L470 430 L700 440 L960 350 L1200 420 L1200 460z" fill="#3a3f58"/>
  <rect y="458" width="1200" height="442" fill="url(#water)"/>${glitter(760, 478, 800, '#ffe9bd')}
  ${firs(466, -10, 330, '#20283c')}${firs(466, 1010, 1220, '#20283c')}
  <path d="M280 700 q190 70 380 0 q-40 62 -190 62 t-190 -62z" fill="#15202f"/><path d="M470 704 l0 -70 l10 0 l0 70z" fill="#15202f"/>
  <circle cx="475" cy="620" r="22" fill="#15202f"/>`,
)

const jetty = picture(
  1200,
  900,
  `<defs>${gradient('sky', '#8fc7e8', '#e6f3f7')}${gradient('water', '#6cb0c4', '#1f5f7d')}</defs>
  <rect width="1200" height="380" fill="url(#sky)"/><rect y="378" width="1200" height="522" fill="url(#water)"/>
  <path d="M0 380 q300 -120 620 -40 t580 -30 l0 70z" fill="#4b8a63"/>${firs(384, 640, 1220, '#2f6549')}
  <path d="M470 900 L560 430 L650 430 L760 900z" fill="#b98958"/>
  ${[470, 530, 610, 710, 830].map((y) => `<path d="M440 ${y} L790 ${y} l0 6 L440 ${y + 6}z" fill="#8d6239"/>`).join('')}
  <rect x="545" y="400" width="14" height="90" fill="#6e4a2a"/><rect x="650" y="400" width="14" height="90" fill="#6e4a2a"/>
  <ellipse cx="920" cy="640" rx="150" ry="30" fill="#d9513f"/><ellipse cx="920" cy="632" rx="100" ry="14" fill="#7e231a"/>
  <circle cx="210" cy="120" r="50" fill="#fffbe6"/>`,
)

const cabin = picture(
  900,
  1200,
  `<defs>${gradient('sky', '#0e1a35', '#2b3d66', '#6d6a8c')}</defs><rect width="900" height="1200" fill="url(#sky)"/>
  ${Array.from({ length: 60 }, (_, index) => `<circle cx="${(index * 197) % 900}" cy="${(index * 113) % 560}" r="${1 + (index % 3)}" fill="#fff" opacity=".8"/>`).join('')}
  ${firs(820, -20, 920, '#101a2c')}<rect y="810" width="900" height="390" fill="#1a2436"/>
  <path d="M250 860 L250 640 L450 500 L650 640 L650 860z" fill="#3c2a21"/><path d="M215 655 L450 480 L685 655 L660 680 L450 525 L240 680z" fill="#22170f"/>
  <rect x="310" y="690" width="100" height="90" fill="#ffce73"/><rect x="490" y="690" width="90" height="170" fill="#5b3d2b"/>
  <path d="M360 690 v90 M310 735 h100" stroke="#3c2a21" stroke-width="8"/><rect x="560" y="470" width="44" height="90" fill="#22170f"/>
  <path d="M582 460 q-30 -50 10 -100 t-10 -120" fill="none" stroke="#c9cbd8" stroke-width="16" stroke-linecap="round" opacity=".45"/>
  <path d="M430 1010 l40 -120 l40 120z" fill="#ff8a3c"/><path d="M450 1010 l20 -70 l20 70z" fill="#ffd66b"/>
  <path d="M400 1010 l140 24 M540 1010 l-140 24" stroke="#5b3d2b" stroke-width="18" stroke-linecap="round"/>`,
)

const heron = picture(
  900,
  1200,
  `<defs>${gradient('sky', '#b8d4df', '#f3e9dc')}</defs><rect width="900" height="1200" fill="url(#sky)"/>
  <path d="M0 1200 L0 900 L450 720 L900 900 L900 1200z" fill="#a5533f"/>
  ${[960, 1030, 1100, 1170].map((y) => `<path d="M0 ${y} L450 ${y - 180} L900 ${y}" fill="none" stroke="#7d3b2c" stroke-width="8"/>`).join('')}
  <rect x="640" y="690" width="110" height="190" fill="#8c4333"/><rect x="625" y="670" width="140" height="34" fill="#6e3225"/>
  <path d="M440 730 L430 600 M475 730 L480 600" stroke="#3c4148" stroke-width="9"/>
  <ellipse cx="450" cy="520" rx="85" ry="130" transform="rotate(18 450 520)" fill="#8b97a5"/>
  <path d="M420 420 q-70 -110 10 -190" fill="none" stroke="#cfd6dd" stroke-width="36" stroke-linecap="round"/>
  <circle cx="440" cy="220" r="34" fill="#cfd6dd"/><path d="M425 192 q-60 -4 -110 30 q60 -6 110 4z" fill="#2c3138"/>
  <path d="M465 212 l130 22 l-130 12z" fill="#e2a93b"/><circle cx="452" cy="214" r="6" fill="#1a1a1a"/>`,
)

const cake = picture(
  1200,
  900,
  `<defs>${gradient('wall', '#f7e8cf', '#f0d7ac')}</defs><rect width="1200" height="900" fill="url(#wall)"/>
  <rect y="600" width="1200" height="300" fill="#8a5a3b"/><ellipse cx="600" cy="700" rx="400" ry="90" fill="#fdfdfb"/>
  <path d="M300 520 L300 650 q300 130 600 0 L900 520z" fill="#d99a3e"/><ellipse cx="600" cy="520" rx="300" ry="82" fill="#f7c948"/>
  <ellipse cx="600" cy="508" rx="280" ry="70" fill="#fff6d8"/>
  ${[420, 540, 660, 780].map((x, index) => `<g transform="translate(${x} ${500 + (index % 2) * 20})"><ellipse rx="46" ry="17" fill="#ffd93b"/><ellipse rx="36" ry="12" fill="#fff3a6"/></g>`).join('')}
  <path d="M980 420 q60 -60 120 0 q-10 90 -60 100 q-60 -10 -60 -100z" fill="#ffd93b"/><path d="M1040 395 q20 -30 50 -30" stroke="#4d8a3d" stroke-width="10" fill="none"/>`,
)

/** The photos of the chats, by the names of their files. */
export const photos = { lake, jetty, cabin, heron, cake } as const

interface Face {
  background: string
  skin: string
  hair: string
  clothes: string
  /** The outline of the hair. */
  cut: 'long' | 'short' | 'bun' | 'curls'
}

const cuts: Readonly<Record<Face['cut'], string>> = {
  long: '<path d="M190 470 q-20 -330 130 -330 t130 330z"/>',
  short: '<path d="M205 300 q-20 -170 115 -170 t115 170z"/>',
  bun: '<circle cx="320" cy="118" r="52"/><path d="M205 310 q-15 -165 115 -165 t115 165z"/>',
  curls:
    '<circle cx="230" cy="230" r="62"/><circle cx="290" cy="170" r="64"/><circle cx="360" cy="172" r="64"/><circle cx="412" cy="235" r="60"/>',
}

function face({ background, skin, hair, clothes, cut }: Face): Picture {
  const features =
    `<circle cx="282" cy="292" r="9"/><circle cx="358" cy="292" r="9"/>` +
    `<path d="M284 346 q36 34 72 0" fill="none" stroke="#3b2b24" stroke-width="9" stroke-linecap="round"/>`
  return picture(
    640,
    640,
    `<rect width="640" height="640" fill="${background}"/><g fill="${hair}">${cuts[cut]}</g>
    <path d="M100 640 q20 -180 220 -180 t220 180z" fill="${clothes}"/><rect x="275" y="380" width="90" height="110" rx="40" fill="${skin}"/>
    <ellipse cx="320" cy="300" rx="98" ry="118" fill="${skin}"/><path d="M224 270 q10 -104 96 -104 t96 104 q-90 -54 -192 0z" fill="${hair}"/>
    <g fill="#3b2b24">${features}</g>`,
  )
}

/** The photos of the first demo people. */
export const faces: readonly Picture[] = [
  face({ background: '#ffd9b8', skin: '#f2c6a0', hair: '#5b2e1c', clothes: '#2f7d6b', cut: 'long' }),
  face({ background: '#bfe0f2', skin: '#e8b48c', hair: '#2b2b33', clothes: '#35507f', cut: 'short' }),
  face({ background: '#f4c9d6', skin: '#8d5a3b', hair: '#1f1714', clothes: '#c3474f', cut: 'bun' }),
  face({ background: '#d5e8c4', skin: '#f0c9a8', hair: '#c88b3a', clothes: '#6b4b8a', cut: 'short' }),
  face({ background: '#e3d4f2', skin: '#f4d0b0', hair: '#a8432b', clothes: '#3a6ea5', cut: 'curls' }),
  face({ background: '#fbe7a3', skin: '#b57b4f', hair: '#1c1a1f', clothes: '#47644a', cut: 'short' }),
]

/** The photo of the demo group. */
export const groupPhoto = picture(
  640,
  640,
  `<defs>${gradient('sky', '#3a6ea5', '#ffd9a0')}</defs><rect width="640" height="640" fill="url(#sky)"/>
  <circle cx="430" cy="250" r="70" fill="#fff1cf"/><path d="M0 420 L180 180 L330 400 L450 290 L640 430 L640 640 L0 640z" fill="#354a63"/>
  <rect y="420" width="640" height="220" fill="#2f6f8f"/>${glitter(430, 440, 600, '#ffe9bd')}
  <path d="M130 540 q130 50 260 0 q-30 46 -130 46 t-130 -46z" fill="#c3474f"/>`,
)
