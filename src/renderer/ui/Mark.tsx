import icon from '../../../assets/icon.svg'

/** Perch's mark: a bird on its branch. Decorative. */
export function Mark({ size }: { size: number }) {
  return <img src={icon} width={size} height={size} alt="" draggable={false} />
}
