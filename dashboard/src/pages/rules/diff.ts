export interface DiffLine {
  kind: 'same' | 'added' | 'removed'
  text: string
}

/** The shortest change of lines from one text to the other (longest common subsequence). */
export function diff(before: string, after: string): DiffLine[] {
  const a = lines(before)
  const b = lines(after)
  // common[i][j]: lines in common of a from i and b from j.
  const common = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1))
  const at = (i: number, j: number) => common[i]?.[j] ?? 0
  for (let i = a.length - 1; i >= 0; i--) {
    const row = common[i]
    if (row) for (let j = b.length - 1; j >= 0; j--) row[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  }
  const result: DiffLine[] = []
  let i = 0
  let j = 0
  while (i < a.length || j < b.length) {
    const old = a[i]
    const now = b[j]
    if (old !== undefined && old === now) {
      result.push({ kind: 'same', text: old })
      i++
      j++
    } else if (old !== undefined && (now === undefined || at(i + 1, j) >= at(i, j + 1))) {
      result.push({ kind: 'removed', text: old })
      i++
    } else if (now !== undefined) {
      result.push({ kind: 'added', text: now })
      j++
    }
  }
  return result
}

function lines(text: string): string[] {
  const all = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '')
  return all === '' ? [] : all.split('\n')
}
