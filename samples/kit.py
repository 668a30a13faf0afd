"""The small vocabulary the samples are drawn with: colours, curves, gradients, light, blur."""
import math, random
import cairo

FPS, SECONDS = 24, 4
N = FPS * SECONDS
TAU = 2 * math.pi

def rgb(c):
    return c if isinstance(c, tuple) else tuple(int(c[i:i + 2], 16) / 255 for i in (1, 3, 5))

def mix(a, b, k):
    return tuple(x + (y - x) * k for x, y in zip(rgb(a), rgb(b)))

def ramp(stops, k):
    """The colour at k on a list of (place, colour)."""
    for (p, a), (q, b) in zip(stops, stops[1:]):
        if k <= q:
            return mix(a, b, max(0, (k - p) / (q - p)))
    return rgb(stops[-1][1])

def ease(x, a=0.0, b=1.0):
    k = min(1, max(0, (x - a) / (b - a)))
    return k * k * (3 - 2 * k)

def wave1(t, k=1, phase=0.0):
    return math.sin(TAU * (k * t + phase))

def canvas(w, h):
    s = cairo.ImageSurface(cairo.FORMAT_ARGB32, int(w), int(h))
    return s, cairo.Context(s)

def ink(c, col, a=1.0):
    c.set_source_rgba(*rgb(col), a)

def sheer(kind, box, stops):
    """A gradient whose stops are (place, colour[, alpha])."""
    g = (cairo.LinearGradient if kind == 'line' else cairo.RadialGradient)(*box)
    for s in stops:
        g.add_color_stop_rgba(s[0], *rgb(s[1]), s[2] if len(s) > 2 else 1)
    return g

def down(c, y0, y1, stops, box=None):
    """Fills the path (or the box, or everything) with a vertical gradient."""
    c.set_source(sheer('line', (0, y0, 0, y1), stops))
    if box:
        c.rectangle(*box)
    c.fill() if box or c.has_current_point() else c.paint()

def glow(c, x, y, r, col, a, sy=1.0, add=True):
    """Light that falls off softly; added, as light is."""
    c.save(); c.translate(x, y); c.scale(1, sy)
    c.set_operator(cairo.OPERATOR_ADD if add else cairo.OPERATOR_OVER)
    c.set_source(sheer('round', (0, 0, 0, 0, 0, r), [(0, col, a), (.25, col, a * .5), (.55, col, a * .15), (1, col, 0)]))
    c.arc(0, 0, r, 0, TAU); c.fill(); c.restore()

def curve(c, pts, closed=True):
    """A smooth line through the points (Catmull-Rom)."""
    n = len(pts)
    at = (lambda i: pts[i % n]) if closed else (lambda i: pts[min(n - 1, max(0, i))])
    c.move_to(*pts[0])
    for i in range(n if closed else n - 1):
        a, b, d, e = at(i - 1), at(i), at(i + 1), at(i + 2)
        c.curve_to(b[0] + (d[0] - a[0]) / 6, b[1] + (d[1] - a[1]) / 6, d[0] - (e[0] - b[0]) / 6, d[1] - (e[1] - b[1]) / 6, *d)

def blob(c, pts, col, a=1.0):
    curve(c, pts); ink(c, col, a); c.fill()

def poly(c, pts, col, a=1.0):
    for p in pts:
        c.line_to(*p)
    c.close_path(); ink(c, col, a); c.fill()

def oval(c, x, y, rx, ry, col, a=1.0, turn=0.0):
    if min(rx, ry) < .01:
        return
    c.save(); c.translate(x, y); c.rotate(turn); c.scale(rx, ry); c.arc(0, 0, 1, 0, TAU); c.restore()
    ink(c, col, a); c.fill()

def line(c, pts, col, w, a=1.0):
    curve(c, pts, False); ink(c, col, a); c.set_line_width(w); c.set_line_cap(cairo.LINE_CAP_ROUND); c.stroke()

def box(c, x, y, w, h, r):
    c.new_sub_path()
    for i, (px, py) in enumerate(((x + w - r, y + r), (x + w - r, y + h - r), (x + r, y + h - r), (x + r, y + r))):
        c.arc(px, py, r, (i - 1) * math.pi / 2, i * math.pi / 2)
    c.close_path()

def blurred(c, w, h, kx, ky, draw, a=1.0):
    """Depth of field without a blur filter: drawn small, then painted large in two steps, so that no square is seen."""
    s, d = canvas(w / kx + 2, h / ky + 2)
    d.scale(1 / kx, 1 / ky); draw(d)
    for k in (.5, 1):
        zx, zy = (max(1, kx * .5), max(1, ky * .5)) if k < 1 else (kx / max(1, kx * .5), ky / max(1, ky * .5))
        to, d = canvas(w / (kx / zx) + 2, h / (ky / zy) + 2) if k < 1 else (None, c)
        d.save(); d.scale(zx, zy); d.set_source_surface(s, .25 * (1 - 1 / zx), .25 * (1 - 1 / zy))
        d.get_source().set_filter(cairo.FILTER_BILINEAR); d.get_source().set_extend(cairo.EXTEND_PAD)
        d.paint_with_alpha(a if k == 1 else 1); d.restore(); s = to

def hills(c, w, base, amp, seed, top, foot, h, shift=0.0):
    r = random.Random(seed)
    waves = [(amp / (i + 1), r.uniform(.5, 1.1) * (i + 1), r.random()) for i in range(4)]
    c.move_to(-40, h)
    for x in range(-40, w + 41, 6):
        c.line_to(x, base + sum(a * math.sin(TAU * (f * (x + shift) / 640 + p)) for a, f, p in waves))
    c.line_to(w + 40, h)
    down(c, base - amp, base + amp * 2.2, [(0, top), (1, foot)])

def pine(c, x, y, h, col, snow=None):
    for i in range(4):
        top, wide = y - h + i * h * .2, h * (.1 + .065 * i)
        foot = top + h * .36
        c.move_to(x, top); c.curve_to(x + wide * .3, top + h * .16, x + wide * .7, foot - h * .05, x + wide, foot)
        c.curve_to(x + wide * .4, foot + h * .03, x - wide * .4, foot + h * .03, x - wide, foot)
        c.curve_to(x - wide * .7, foot - h * .05, x - wide * .3, top + h * .16, x, top); ink(c, col); c.fill()
        if snow:
            blob(c, [(x, top), (x + wide * .3, top + h * .17), (x + wide * .82, foot - h * .03), (x + wide * .3, foot - h * .1), (x - wide * .05, foot - h * .13)], snow)
