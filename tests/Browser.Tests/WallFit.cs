using Microsoft.Playwright;

namespace Cluster.Browser.Tests;

/// <summary>Whether everything that the wall says can be read.</summary>
internal static class WallFit
{
    // Text is measured by its own rectangles, since an element with hidden overflow does not tell that it cuts its text off;
    // in height by the size of its letters, since the rectangle of a Chinese font is half as high again.
    private const string Faults = """
        () => {
          const faults = []
          const root = document.documentElement
          if (root.scrollHeight > innerHeight) faults.push(`scrolls down by ${root.scrollHeight - innerHeight}`)
          if (root.scrollWidth > innerWidth) faults.push(`scrolls right by ${root.scrollWidth - innerWidth}`)
          const outside = (inner, outer) =>
            inner.left < outer.left - 1 || inner.right > outer.right + 1 || inner.top < outer.top - 1 || inner.bottom > outer.bottom + 1
          const screen = { left: 0, top: 0, right: innerWidth, bottom: innerHeight }
          const list = document.querySelector('.wall-list ul')?.getBoundingClientRect() ?? screen
          for (const row of document.querySelectorAll('.wall-list li')) {
            const box = row.getBoundingClientRect()
            if (box.top < list.bottom - 1 && box.bottom > list.bottom + 1) faults.push('half a row at the edge of the list')
          }
          const tiles = '.wall-header h1, .wall-filters > *, .wall-clock, .light, .lights-totals a, .wall-panel h2, .wall-chip, .wall-due, .wall-freshness, .wall-chart'
          for (const tile of document.querySelectorAll(tiles)) {
            const box = tile.getBoundingClientRect()
            if (tile.closest('li') && box.top >= list.bottom - 1) continue
            if (outside(box, screen)) faults.push(`${tile.className} lies outside the screen`)
            const texts = document.createTreeWalker(tile, NodeFilter.SHOW_TEXT)
            while (texts.nextNode()) {
              if (tile.tagName === 'SELECT') break
              const range = document.createRange()
              range.selectNodeContents(texts.currentNode)
              const { left, right, top, bottom } = range.getBoundingClientRect()
              const half = parseFloat(getComputedStyle(texts.currentNode.parentElement).fontSize) / 2
              const letters = { left, right, top: (top + bottom) / 2 - half, bottom: (top + bottom) / 2 + half }
              if (outside(letters, box)) faults.push(`"${texts.currentNode.data}" does not fit ${tile.className || tile.tagName}`)
            }
          }
          return faults
        }
        """;

    /// <summary>What scrolls, lies off the screen or is cut off.</summary>
    public static Task<string[]> Clipped(this IPage page) => page.EvaluateAsync<string[]>(Faults);
}
